package io.lightnvr.mqtt.store;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.Checkpoint;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.stream.Stream;

/** One stream in the {@link Ledger}: its waiting events, its checkpoint and its state. Not thread-safe. */
final class StreamQueue {

    final long id;
    final StreamName stream;

    /** In the order in which they came. */
    final ArrayDeque<OutboxEntry> fresh = new ArrayDeque<>();

    /** No longer fresh, the oldest first. */
    final PriorityQueue<OutboxEntry> delayed = new PriorityQueue<>(OutboxEntry.OLDEST_FIRST);

    /** Reports of visits, in the order in which they came, however late: a visit must not end before it starts. */
    final ArrayDeque<OutboxEntry> reports = new ArrayDeque<>();

    /** The last sequence that was given. */
    long sequence;

    Optional<Checkpoint> checkpoint = Optional.empty();

    /** The checkpoint in the file. */
    Optional<Checkpoint> written = Optional.empty();

    Optional<String> state = Optional.empty();

    /** The recorder's id of the camera. */
    Optional<String> camera = Optional.empty();

    /** The first name of a stream that was renamed. */
    Optional<StreamName> device = Optional.empty();

    /** The open visit and what stands still. */
    Optional<byte[]> visits = Optional.empty();

    StreamQueue(long id, StreamName stream) {
        this.id = id;
        this.stream = stream;
    }

    void add(OutboxEntry entry, long freshSince) {
        if (entry.isVisit) {
            reports.add(entry);
        } else if (entry.sendableSince >= freshSince) {
            fresh.add(entry);
        } else {
            delayed.add(entry);
        }
    }

    /** Moves fresh events that have waited too long for that to the delayed ones. */
    void age(long freshSince) {
        while (!fresh.isEmpty() && fresh.peek().sendableSince < freshSince) {
            delayed.add(fresh.remove());
        }
    }

    /** What came first of what is sent in the order of its coming, or null. */
    OutboxEntry first() {
        OutboxEntry event = fresh.peek();
        OutboxEntry report = reports.peek();
        return report == null || event != null && event.id < report.id ? event : report;
    }

    /** What could have been sent first, or null. */
    OutboxEntry oldest() {
        return Stream.of(delayed, fresh, reports)
                .map(Queue::peek)
                .filter(Objects::nonNull)
                .min(OutboxEntry.OLDEST_FIRST)
                .orElse(null);
    }

    /** Removes the first fresh or the first delayed event; returns whether it was delayed. */
    boolean removeHead(OutboxEntry head) {
        if (head.isVisit) {
            reports.remove();
            return false;
        }
        boolean isDelayed = fresh.peek() != head;
        (isDelayed ? delayed : fresh).remove();
        return isDelayed;
    }

    /** Removes a waiting event. */
    void remove(OutboxEntry entry) {
        if (!fresh.remove(entry) && !reports.remove(entry)) {
            delayed.remove(entry);
        }
    }

    /** How many events wait. */
    int size() {
        return fresh.size() + delayed.size() + reports.size();
    }
}
