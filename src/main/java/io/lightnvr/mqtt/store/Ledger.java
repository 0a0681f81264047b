package io.lightnvr.mqtt.store;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.publish.RenderedEvent;
import io.lightnvr.mqtt.source.Checkpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Which event is where, in what order they go, and what must go when there is no room: everything but the disk. It
 * holds 50 bytes for an event whose payload is in the file. Not thread-safe.
 */
final class Ledger {

    private static final Duration EXPIRE_EVERY = Duration.ofSeconds(1);

    private final StoreLimits limits;
    private final long mostUnwritten;
    private final Unwritten unwritten = new Unwritten();
    private final Losses losses = new Losses();
    private final StreamQueues lanes = new StreamQueues();
    private final Deque<OutboxEntry> numberedBefore = new ArrayDeque<>();
    private final List<OutboxEntry> unreadable = new ArrayList<>();
    private final Map<Long, OutboxEntry> sending = new LinkedHashMap<>();
    private final Map<String, AnnouncedTopic> announced = new LinkedHashMap<>();
    private int waiting;
    private long lastId;
    private Instant expireNext = Instant.MIN;

    /**
     * @param mostUnwritten how much payload may wait to be written, in bytes
     */
    Ledger(StoreLimits limits, long mostUnwritten) {
        this.limits = limits;
        this.mostUnwritten = mostUnwritten;
    }

    /** A stream that is in the file. */
    void restore(Changes.Stream stream) {
        StreamQueue lane = new StreamQueue(stream.id(), stream.name());
        lane.sequence = stream.sequence();
        lane.checkpoint = stream.checkpoint();
        lane.written = stream.checkpoint();
        lane.state = stream.state();
        lanes.add(lane);
    }

    /**
     * An event that is in the file, of a stream that was restored.
     *
     * @param sequence if it was being sent when the process ended
     */
    void restore(long id, StreamName stream, long sendableSince, long added, OptionalLong sequence, Instant now) {
        StreamQueue lane = lanes.find(stream).orElseThrow();
        OutboxEntry entry = new OutboxEntry(id, lane, sendableSince, added, null);
        lastId = Math.max(lastId, id);
        if (sequence.isPresent()) {
            entry.sequence = sequence.getAsLong();
            sending.put(id, entry);
            numberedBefore.add(entry);
        } else {
            lane.waits(entry, freshSince(now));
            waiting++;
        }
    }

    /** A discovery topic that is in the file. */
    void restore(String topic, AnnouncedTopic before) {
        announced.put(topic, before);
    }

    void add(StreamName stream, List<RenderedEvent> events, Optional<Checkpoint> checkpoint, Instant now) {
        StreamQueue lane = lane(stream);
        for (RenderedEvent event : events) {
            OutboxEntry entry =
                    new OutboxEntry(++lastId, lane, event.sendableSince().toEpochMilli(), now.toEpochMilli(), event);
            lane.waits(entry, freshSince(now));
            unwritten.added(entry);
            waiting++;
        }
        if (checkpoint.isPresent()) {
            lane.checkpoint = checkpoint;
            unwritten.changed(lane);
        }
        makeRoom(now);
    }

    /** Whether a checkpoint is the first of a stream, or knows rows that the file does not: that must not wait. */
    boolean isNews(StreamName stream, Optional<Checkpoint> checkpoint) {
        Optional<Checkpoint> written = lanes.find(stream).flatMap(lane -> lane.written);
        return checkpoint.isPresent()
                && (written.isEmpty()
                        || !checkpoint.get().seen().minus(written.get().seen()).isEmpty());
    }

    /** Whether half of the room is left. */
    boolean hasRoom() {
        return waiting + sending.size() < Math.max(1, limits.maxEvents() / 2);
    }

    /** Chooses what is sent next, and gives it its sequences. */
    List<OutboxEntry> take(TakeRequest demand, Instant now) {
        expire(now);
        lanes.all().forEach(lane -> lane.age(freshSince(now)));
        List<OutboxEntry> taken = new ArrayList<>();
        takeNumbered(demand, taken);
        takeWaiting(demand.atMost() - taken.size(), () -> lanes.nextFresh(demand.except()), taken);
        int room = Math.min(demand.atMost() - taken.size(), demand.heldBack());
        takeWaiting(room, () -> lanes.nextHeldBack(demand.except()), taken);
        return taken;
    }

    private void takeNumbered(TakeRequest demand, List<OutboxEntry> taken) {
        List<OutboxEntry> passed = new ArrayList<>();
        while (!numberedBefore.isEmpty() && taken.size() < demand.atMost()) {
            OutboxEntry entry = numberedBefore.remove();
            (demand.except().contains(entry.lane.stream) ? passed : taken).add(entry);
        }
        passed.addAll(numberedBefore);
        numberedBefore.clear();
        numberedBefore.addAll(passed);
    }

    private void takeWaiting(int room, Supplier<Optional<OutboxEntry>> next, List<OutboxEntry> taken) {
        for (int i = 0; i < room; i++) {
            Optional<OutboxEntry> first = next.get();
            if (first.isEmpty()) {
                return;
            }
            number(first.get());
            taken.add(first.get());
        }
    }

    private void number(OutboxEntry entry) {
        entry.heldBack = entry.lane.fresh.peek() != entry;
        (entry.heldBack ? entry.lane.heldBack : entry.lane.fresh).remove();
        waiting--;
        entry.sequence = ++entry.lane.sequence;
        sending.put(entry.id, entry);
        unwritten.numbered(entry);
    }

    void remove(Collection<SequencedEvent> events) {
        for (SequencedEvent event : events) {
            OutboxEntry entry = sending.remove(event.id());
            if (entry != null) {
                unwritten.removed(entry);
            }
        }
    }

    /**
     * An event that has its sequence could not be read from the file.
     *
     * @param later whether it may be, after the next write; else it is lost
     */
    void unread(OutboxEntry entry, boolean later, Instant now) {
        if (entry.sequence > 0 && later) {
            unreadable.add(entry);
        } else if (entry.sequence > 0) {
            sending.remove(entry.id);
            unwritten.removed(entry);
            losses.lost(entry, "the store is damaged;", now);
        }
    }

    /** What could not be read may be read now. */
    void readAgain() {
        unreadable.addAll(numberedBefore);
        numberedBefore.clear();
        numberedBefore.addAll(unreadable);
        unreadable.clear();
    }

    void keepState(StreamName stream, String state) {
        StreamQueue lane = lane(stream);
        lane.state = Optional.of(state);
        unwritten.changed(lane);
    }

    void forgetState(StreamName stream) {
        lanes.find(stream).filter(lane -> lane.state.isPresent()).ifPresent(lane -> {
            lane.state = Optional.empty();
            unwritten.changed(lane);
        });
    }

    /** Forgets the state and the checkpoint of a stream that is gone. */
    void forget(StreamName stream) {
        forgetState(stream);
        lanes.find(stream).filter(lane -> lane.checkpoint.isPresent()).ifPresent(lane -> {
            lane.checkpoint = Optional.empty();
            unwritten.changed(lane);
        });
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

    Unwritten unwritten() {
        return unwritten;
    }

    /** What is fresh, in the order in which it came. */
    List<OutboxEntry> fresh(Instant now) {
        long since = freshSince(now);
        return Stream.concat(sending.values().stream(), lanes.fresh())
                .filter(entry -> entry.sendableSince >= since)
                .sorted((a, b) -> Long.compare(a.id, b.id))
                .toList();
    }

    Optional<Checkpoint> checkpoint(StreamName stream) {
        return lanes.find(stream).flatMap(lane -> lane.checkpoint);
    }

    Map<StreamName, String> states() {
        Map<StreamName, String> states = new LinkedHashMap<>();
        lanes.all().forEach(lane -> lane.state.ifPresent(state -> states.put(lane.stream, state)));
        return states;
    }

    Backlog backlog(Optional<String> trouble, Instant now) {
        losses.tell(now);
        Optional<Instant> oldest = Stream.concat(sending.values().stream(), lanes.oldest().stream())
                .min(OutboxEntry.OLDEST_FIRST)
                .map(entry -> Instant.ofEpochMilli(entry.sendableSince));
        return new Backlog(waiting + sending.size(), oldest, losses.count(), losses.sentence(), trouble);
    }

    private StreamQueue lane(StreamName stream) {
        return lanes.find(stream).orElseGet(() -> {
            StreamQueue lane = new StreamQueue(lanes.all().size() + 1L, stream);
            lanes.add(lane);
            unwritten.changed(lane);
            return lane;
        });
    }

    private long freshSince(Instant now) {
        return now.minus(limits.freshFor()).toEpochMilli();
    }

    private void makeRoom(Instant now) {
        expire(now);
        while (waiting > 0 && waiting + sending.size() > limits.maxEvents()) {
            OutboxEntry oldest = lanes.oldest().orElseThrow();
            oldest.lane.removeOldest();
            drop(oldest, "as many wait as outbox.max_events allows, " + limits.maxEvents() + ";", now);
        }
        while (unwritten.bytes() > mostUnwritten && unwritten.oldestWaiting().isPresent()) {
            OutboxEntry oldest = unwritten.oldestWaiting().get();
            if (!oldest.lane.fresh.remove(oldest)) {
                oldest.lane.heldBack.remove(oldest);
            }
            drop(oldest, "the disk takes nothing and there is no more room in memory;", now);
        }
    }

    private void expire(Instant now) {
        if (now.isBefore(expireNext)) {
            return;
        }
        expireNext = now.plus(EXPIRE_EVERY);
        long addedSince = now.minus(limits.maxAge()).toEpochMilli();
        for (StreamQueue lane : lanes.all()) {
            lane.heldBack.removeIf(entry -> isExpired(entry, addedSince, now));
            lane.fresh.removeIf(entry -> isExpired(entry, addedSince, now));
        }
    }

    private boolean isExpired(OutboxEntry entry, long addedSince, Instant now) {
        boolean expired = entry.added < addedSince;
        if (expired) {
            drop(entry, "they have waited for longer than outbox.max_age;", now);
        }
        return expired;
    }

    /** The sequence that it would have had is left out. */
    private void drop(OutboxEntry entry, String why, Instant now) {
        waiting--;
        entry.lane.sequence++;
        unwritten.changed(entry.lane);
        unwritten.removed(entry);
        losses.lost(entry, why, now);
    }
}
