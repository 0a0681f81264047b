package io.lightnvr.mqtt.store;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.publish.Rendered;
import io.lightnvr.mqtt.publish.RenderedVisit;
import io.lightnvr.mqtt.source.Checkpoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Decides what a store holds, in which order it is sent and what must go when there is no room: everything but the disk.
 * An event costs 50 bytes of memory while its payload is in the file. Not thread-safe.
 */
final class Ledger {

    private final StoreLimits limits;
    private final UnwrittenChanges unwritten = new UnwrittenChanges();
    private final Losses losses = new Losses();
    private final StreamQueues queues = new StreamQueues();
    private final Eviction eviction;
    private final SendingEvents sending = new SendingEvents();
    private final Map<String, AnnouncedTopic> announced = new LinkedHashMap<>();
    private long lastId;

    /** @param mostUnwritten how much payload may wait to be written, in bytes */
    Ledger(StoreLimits limits, long mostUnwritten) {
        this.limits = limits;
        this.eviction = new Eviction(limits, mostUnwritten, queues, unwritten, losses);
    }

    /** Takes up a stream that is in the file. */
    void restore(Changes.Stream stream) {
        StreamQueue queue = new StreamQueue(stream.id(), stream.name());
        queue.sequence = stream.sequence();
        queue.checkpoint = stream.checkpoint();
        queue.written = stream.checkpoint();
        queue.state = stream.state();
        queue.camera = stream.camera();
        queue.device = stream.device();
        queue.visits = stream.visits();
        queues.add(queue);
    }

    /**
     * Takes up an event that is in the file, of a stream that was restored.
     *
     * @param sequence present if the event was being sent when the process ended
     */
    void restore(
            long id,
            StreamName stream,
            long sendableSince,
            long added,
            boolean isVisit,
            OptionalLong sequence,
            Instant now) {
        StreamQueue queue = queues.find(stream).orElseThrow();
        OutboxEntry entry = new OutboxEntry(id, queue, sendableSince, added, isVisit, null);
        lastId = Math.max(lastId, id);
        if (sequence.isPresent()) {
            entry.sequence = sequence.getAsLong();
            entry.isSequenceWritten = true;
            sending.restore(entry);
        } else {
            queue.add(entry, freshSince(now));
        }
    }

    /** Takes up a discovery topic that is in the file. */
    void restore(String topic, AnnouncedTopic before) {
        announced.put(topic, before);
    }

    /** Returns whether that must not wait: there are events, or the checkpoint knows rows that the file does not. */
    boolean add(
            StreamName stream,
            List<? extends Rendered> events,
            Optional<Checkpoint> checkpoint,
            Optional<byte[]> visits,
            Instant now) {
        StreamQueue queue = queue(stream);
        boolean isNews = !events.isEmpty() || isNews(queue, checkpoint);
        for (Rendered event : events) {
            OutboxEntry entry = new OutboxEntry(
                    ++lastId,
                    queue,
                    event.sendableSince().toEpochMilli(),
                    now.toEpochMilli(),
                    event instanceof RenderedVisit,
                    event);
            queue.add(entry, freshSince(now));
            unwritten.added(entry);
        }
        if (checkpoint.isPresent()) {
            queue.checkpoint = checkpoint;
            unwritten.readOn(queue, isNews);
        }
        if (visits.isPresent()) {
            queue.visits = visits;
            unwritten.changed(queue);
        }
        eviction.makeRoom(sending.size(), now);
        sending.unanswered().ifPresent(this::answer);
        return isNews;
    }

    /** The sender has nothing to do: what is fresh gets its sequence now, so that one write is enough for both. */
    private void answer(TakeRequest request) {
        Set<StreamName> except = except(request);
        List<OutboxEntry> taken = new ArrayList<>();
        takeWaiting(request.limit(), () -> queues.nextFresh(except), taken);
        if (!taken.isEmpty()) {
            sending.answer(taken);
        }
    }

    private static boolean isNews(StreamQueue queue, Optional<Checkpoint> checkpoint) {
        return checkpoint
                .filter(now -> queue.written.isEmpty()
                        || !now.seen().minus(queue.written.get().seen()).isEmpty())
                .isPresent();
    }

    /** Whether half of the room is left. */
    boolean hasRoom() {
        return unacknowledged() < Math.max(1, limits.maxEvents() / 2);
    }

    /** Chooses what is sent next, and gives it its sequences. */
    List<OutboxEntry> take(TakeRequest request, Instant now) {
        eviction.expire(now);
        queues.all().forEach(queue -> queue.age(freshSince(now)));
        Set<StreamName> except = except(request);
        List<OutboxEntry> taken = new ArrayList<>(sending.takeReady(request.limit(), except));
        takeWaiting(request.limit() - taken.size(), () -> queues.nextFresh(except), taken);
        int room = Math.min(request.limit() - taken.size(), request.delayedLimit());
        takeWaiting(room, () -> queues.nextDelayed(except), taken);
        sending.unanswered(taken.isEmpty() ? Optional.of(request) : Optional.empty());
        return taken;
    }

    private Set<StreamName> except(TakeRequest request) {
        Set<StreamName> except = new HashSet<>(request.except());
        except.addAll(sending.unreadableStreams());
        return except;
    }

    private void takeWaiting(int room, Supplier<Optional<OutboxEntry>> next, List<OutboxEntry> taken) {
        for (int i = 0; i < room; i++) {
            Optional<OutboxEntry> first = next.get();
            if (first.isEmpty()) {
                return;
            }
            assignSequence(first.get());
            taken.add(first.get());
        }
    }

    private void assignSequence(OutboxEntry entry) {
        entry.delayed = entry.queue.removeHead(entry);
        entry.sequence = entry.isVisit ? -1 - entry.queue.sequence : ++entry.queue.sequence;
        sending.add(entry);
        unwritten.sequenced(entry);
    }

    void remove(Collection<SequencedEvent> events) {
        for (SequencedEvent event : events) {
            sending.remove(event.id()).ifPresent(unwritten::removed);
        }
    }

    /**
     * Gives up events that have their sequences and are not in the file any more.
     *
     * @param found the ids of the events that are
     * @return what is left
     */
    List<OutboxEntry> loseMissing(List<OutboxEntry> taken, Set<Long> found) {
        List<OutboxEntry> left = new ArrayList<>();
        for (OutboxEntry entry : taken) {
            if (found.contains(entry.id)) {
                left.add(entry);
            } else {
                sending.remove(entry.id);
                unwritten.removed(entry);
                losses.lost(entry, "the store is damaged");
            }
        }
        return left;
    }

    void keepState(StreamName stream, String state) {
        StreamQueue queue = queue(stream);
        queue.state = Optional.of(state);
        unwritten.changed(queue);
    }

    void forgetState(StreamName stream) {
        queues.find(stream).filter(queue -> queue.state.isPresent()).ifPresent(queue -> {
            queue.state = Optional.empty();
            unwritten.changed(queue);
        });
    }

    void forgetVisits(StreamName stream) {
        queues.find(stream).filter(queue -> queue.visits.isPresent()).ifPresent(queue -> {
            queue.visits = Optional.empty();
            unwritten.changed(queue);
        });
    }

    /** Forgets the state, the visits and the checkpoint of a stream that is gone. */
    void forget(StreamName stream) {
        forgetState(stream);
        forgetVisits(stream);
        queues.find(stream).filter(queue -> queue.checkpoint.isPresent()).ifPresent(queue -> {
            queue.checkpoint = Optional.empty();
            unwritten.changed(queue);
        });
    }

    /** The stream that is known to be of a camera. */
    Optional<StreamName> streamOf(String camera) {
        return queues.all().stream()
                .filter(queue -> queue.camera.equals(Optional.of(camera)))
                .map(queue -> queue.stream)
                .findFirst();
    }

    Optional<String> cameraOf(StreamName stream) {
        return queues.find(stream).flatMap(queue -> queue.camera);
    }

    /** Notes of which camera a stream is; no other stream is of it any more. */
    void keepCamera(StreamName stream, String camera) {
        queues.all().stream()
                .filter(queue -> queue.camera.equals(Optional.of(camera)) && !queue.stream.equals(stream))
                .forEach(queue -> {
                    queue.camera = Optional.empty();
                    unwritten.changed(queue);
                });
        StreamQueue queue = queue(stream);
        queue.camera = Optional.of(camera);
        unwritten.changed(queue);
    }

    /**
     * Lets a stream go on under another name: with its sequence, its checkpoint, its state and its device. What waits still goes
     * out under the old name.
     */
    void rename(StreamName old, StreamName renamed) {
        StreamQueue from = queue(old);
        StreamQueue to = queue(renamed);
        to.sequence = Math.max(to.sequence, from.sequence);
        to.checkpoint = from.checkpoint;
        to.state = from.state;
        to.visits = from.visits;
        from.camera = Optional.empty();
        to.device = from.device.or(() -> Optional.of(old)).filter(device -> !device.equals(renamed));
        from.device = Optional.empty();
        unwritten.changed(to);
        unwritten.changed(from);
        forget(old);
    }

    /** The first names of the streams that were renamed. */
    Map<StreamName, StreamName> devices() {
        Map<StreamName, StreamName> devices = new LinkedHashMap<>();
        queues.all().forEach(queue -> queue.device.ifPresent(device -> devices.put(queue.stream, device)));
        return devices;
    }

    Map<String, AnnouncedTopic> announcedTopics() {
        return new LinkedHashMap<>(announced);
    }

    void keepAnnounced(String topic, AnnouncedTopic now) {
        if (!now.equals(announced.put(topic, now))) {
            unwritten.announced(topic, Optional.of(now));
        }
    }

    void removeAnnounced(String topic) {
        if (announced.remove(topic) != null) {
            unwritten.announced(topic, Optional.empty());
        }
    }

    SendingEvents sending() {
        return sending;
    }

    UnwrittenChanges unwritten() {
        return unwritten;
    }

    Losses losses() {
        return losses;
    }

    /** What is fresh, in the order in which it came. */
    List<OutboxEntry> fresh(Instant now) {
        long since = freshSince(now);
        return Stream.concat(sending.stream(), queues.fresh())
                .filter(entry -> entry.sendableSince >= since)
                .sorted((a, b) -> Long.compare(a.id, b.id))
                .toList();
    }

    Map<StreamName, byte[]> visits() {
        Map<StreamName, byte[]> visits = new LinkedHashMap<>();
        queues.all().forEach(queue -> queue.visits.ifPresent(kept -> visits.put(queue.stream, kept)));
        return visits;
    }

    Optional<Checkpoint> checkpoint(StreamName stream) {
        return queues.find(stream).flatMap(queue -> queue.checkpoint);
    }

    Map<StreamName, String> states() {
        Map<StreamName, String> states = new LinkedHashMap<>();
        queues.all().forEach(queue -> queue.state.ifPresent(state -> states.put(queue.stream, state)));
        return states;
    }

    Backlog backlog(Optional<String> trouble) {
        Optional<Instant> oldest = Stream.concat(sending.stream(), queues.oldest().stream())
                .min(OutboxEntry.OLDEST_FIRST)
                .map(entry -> Instant.ofEpochMilli(entry.sendableSince));
        return new Backlog(unacknowledged(), oldest, losses.count(), losses.sentence(), trouble);
    }

    private int unacknowledged() {
        return queues.size() + sending.size();
    }

    private StreamQueue queue(StreamName stream) {
        return queues.find(stream).orElseGet(() -> {
            StreamQueue queue = new StreamQueue(queues.all().size() + 1L, stream);
            queues.add(queue);
            unwritten.changed(queue);
            return queue;
        });
    }

    /** What could be sent before that is not fresh, in epoch milliseconds. */
    long freshSince(Instant now) {
        return now.minus(limits.freshFor()).toEpochMilli();
    }
}
