package io.lightnvr.mqtt.store;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.Checkpoint;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.PriorityQueue;

/** One stream in the {@link Ledger}: its waiting events, its checkpoint and its state. Not thread-safe. */
final class StreamQueue {

    final long id;
    final StreamName stream;

    /** In the order in which they came. */
    final ArrayDeque<OutboxEntry> fresh = new ArrayDeque<>();

    /** No longer fresh, the oldest first. */
    final PriorityQueue<OutboxEntry> delayed = new PriorityQueue<>(OutboxEntry.OLDEST_FIRST);

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

    StreamQueue(long id, StreamName stream) {
        this.id = id;
        this.stream = stream;
    }

    void add(OutboxEntry entry, long freshSince) {
        if (entry.sendableSince >= freshSince) {
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

    /** The waiting event that could have been sent first, or null. */
    OutboxEntry oldest() {
        OutboxEntry late = delayed.peek();
        OutboxEntry first = fresh.peek();
        return late == null || first != null && first.isOlder(late) ? first : late;
    }

    /** Removes the first fresh or the first delayed event; returns whether it was delayed. */
    boolean removeHead(OutboxEntry head) {
        boolean isDelayed = fresh.peek() != head;
        (isDelayed ? delayed : fresh).remove();
        return isDelayed;
    }

    /** Removes a waiting event. */
    void remove(OutboxEntry entry) {
        if (!fresh.remove(entry)) {
            delayed.remove(entry);
        }
    }

    /** How many events wait. */
    int size() {
        return fresh.size() + delayed.size();
    }
}
