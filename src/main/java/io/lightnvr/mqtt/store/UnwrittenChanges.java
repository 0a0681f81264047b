package io.lightnvr.mqtt.store;

import io.lightnvr.mqtt.store.OutboxEntry.Writing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The difference between the {@link Ledger} and the file. Writing it takes the file to where the ledger is, whatever the
 * ledger went through meanwhile: a write that fails loses nothing, and what came and went in between is never written. One
 * write at a time: {@link #begin}, then {@link #done} or {@link #failed}. Not thread-safe.
 */
final class UnwrittenChanges {

    private final Set<OutboxEntry> added = new LinkedHashSet<>();
    private final Set<OutboxEntry> sequenced = new LinkedHashSet<>();
    private final Set<Long> removed = new LinkedHashSet<>();
    private final Set<StreamQueue> changed = new LinkedHashSet<>();
    private final Set<StreamQueue> readOn = new LinkedHashSet<>();
    private final Map<String, Optional<AnnouncedTopic>> announced = new LinkedHashMap<>();
    private Optional<Duration> clockOffset = Optional.empty();
    private final List<OutboxEntry> addedUnderWay = new ArrayList<>();
    private final List<OutboxEntry> sequencedUnderWay = new ArrayList<>();
    private final List<Long> removedUnderWay = new ArrayList<>();
    private final Map<StreamQueue, Changes.Stream> changedUnderWay = new LinkedHashMap<>();
    private final Map<String, Optional<AnnouncedTopic>> announcedUnderWay = new LinkedHashMap<>();
    private Optional<Duration> clockOffsetUnderWay = Optional.empty();
    private long version;
    private long bytes;
    private long keptBytes;

    void added(OutboxEntry entry) {
        version++;
        added.add(entry);
        bytes += entry.event.size();
    }

    void sequenced(OutboxEntry entry) {
        version++;
        sequenced.add(entry);
        changed.add(entry.queue);
    }

    void changed(StreamQueue queue) {
        version++;
        changed.add(queue);
    }

    /**
     * A stream has another checkpoint.
     *
     * @param isNews false if it only reads on: that is left out where not everything is written
     */
    void readOn(StreamQueue queue, boolean isNews) {
        version++;
        (isNews ? changed : readOn).add(queue);
    }

    void announced(String topic, Optional<AnnouncedTopic> now) {
        version++;
        announced.put(topic, now);
    }

    void clockOffset(Duration offset) {
        version++;
        clockOffset = Optional.of(offset);
    }

    void removed(OutboxEntry entry) {
        version++;
        entry.gone = true;
        sequenced.remove(entry);
        if (entry.writing != Writing.NOT_YET) {
            removed.add(entry.id);
        }
        if (added.remove(entry)) {
            bytes -= entry.event.size();
        } else if (entry.writing == Writing.DONE && entry.event != null) {
            keptBytes -= entry.event.size();
        }
    }

    /** Grows with every change. */
    long version() {
        return version;
    }

    /** How much payload is only in memory, in bytes. */
    long bytes() {
        return bytes;
    }

    /** @param everything whether streams count that were only read on */
    boolean isEmpty(boolean everything) {
        return added.isEmpty()
                && (readOn.isEmpty() || !everything)
                && sequenced.isEmpty()
                && removed.isEmpty()
                && changed.isEmpty()
                && announced.isEmpty()
                && clockOffset.isEmpty();
    }

    /** The first event that is only in memory and is not being sent. */
    Optional<OutboxEntry> oldestWaiting() {
        return added.stream().filter(entry -> entry.sequence == 0).findFirst();
    }

    /**
     * Begins to write.
     *
     * @param everything whether streams are written that were only read on
     */
    Changes begin(boolean everything) {
        if (everything) {
            changed.addAll(readOn);
        }
        readOn.removeAll(changed);
        addedUnderWay.addAll(added);
        sequencedUnderWay.addAll(sequenced);
        removedUnderWay.addAll(removed);
        changed.forEach(queue -> changedUnderWay.put(
                queue,
                new Changes.Stream(
                        queue.id,
                        queue.stream,
                        queue.sequence,
                        queue.written,
                        queue.checkpoint,
                        queue.state,
                        queue.camera,
                        queue.device,
                        queue.visits)));
        announcedUnderWay.putAll(announced);
        clockOffsetUnderWay = clockOffset;
        added.clear();
        sequenced.clear();
        removed.clear();
        changed.clear();
        announced.clear();
        clockOffset = Optional.empty();
        bytes = 0;
        addedUnderWay.forEach(entry -> entry.writing = Writing.UNDER_WAY);
        return new Changes(
                addedUnderWay.stream()
                        .map(entry ->
                                new Changes.Added(entry.id, entry.queue.id, entry.event, entry.added, entry.sequence))
                        .toList(),
                sequencedUnderWay.stream()
                        .filter(entry -> entry.writing == Writing.DONE)
                        .map(entry -> new Changes.Sequence(entry.id, entry.sequence))
                        .toList(),
                List.copyOf(removedUnderWay),
                List.copyOf(changedUnderWay.values()),
                new LinkedHashMap<>(announcedUnderWay),
                clockOffsetUnderWay);
    }

    /** What was begun is in the file. */
    void done() {
        for (OutboxEntry entry : addedUnderWay) {
            entry.writing = Writing.DONE;
            boolean keep = !entry.gone && keptBytes + entry.event.size() <= StoreLimits.MOST_KEPT_BYTES;
            if (keep) {
                keptBytes += entry.event.size();
            } else {
                entry.event = null;
            }
        }
        sequencedUnderWay.forEach(entry -> entry.isSequenceWritten = true);
        changedUnderWay.forEach((queue, stream) -> queue.written = stream.checkpoint());
        clearUnderWay();
    }

    /** What was begun is not in the file. */
    void failed() {
        putBefore(added, alive(addedUnderWay));
        putBefore(sequenced, alive(sequencedUnderWay));
        removed.addAll(removedUnderWay);
        changed.addAll(changedUnderWay.keySet());
        announcedUnderWay.forEach(announced::putIfAbsent);
        clockOffset = clockOffset.or(() -> clockOffsetUnderWay);
        bytes = added.stream().mapToLong(entry -> entry.event.size()).sum();
        added.forEach(entry -> entry.writing = Writing.NOT_YET);
        clearUnderWay();
    }

    private void clearUnderWay() {
        addedUnderWay.clear();
        sequencedUnderWay.clear();
        removedUnderWay.clear();
        changedUnderWay.clear();
        announcedUnderWay.clear();
        clockOffsetUnderWay = Optional.empty();
    }

    private static List<OutboxEntry> alive(List<OutboxEntry> entries) {
        return entries.stream().filter(entry -> !entry.gone).toList();
    }

    private static void putBefore(Set<OutboxEntry> entries, List<OutboxEntry> first) {
        List<OutboxEntry> after = new ArrayList<>(entries);
        entries.clear();
        entries.addAll(first);
        entries.addAll(after);
    }
}
