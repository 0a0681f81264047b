package io.lightnvr.mqtt.store;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.Checkpoint;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.PriorityQueue;

/** What the {@link Ledger} knows of one stream. */
final class StreamQueue {

    final long id;
    final StreamName stream;
    final ArrayDeque<OutboxEntry> fresh = new ArrayDeque<>();
    final PriorityQueue<OutboxEntry> heldBack = new PriorityQueue<>(OutboxEntry.OLDEST_FIRST);
    /** The last one that was given. */
    long sequence;

    Optional<Checkpoint> checkpoint = Optional.empty();
    Optional<Checkpoint> written = Optional.empty();
    Optional<String> state = Optional.empty();

    StreamQueue(long id, StreamName stream) {
        this.id = id;
        this.stream = stream;
    }

    void waits(OutboxEntry entry, long freshSince) {
        if (entry.sendableSince >= freshSince) {
            fresh.add(entry);
        } else {
            heldBack.add(entry);
        }
    }

    /** What was fresh and has waited too long for that goes to the held-back ones. */
    void age(long freshSince) {
        while (!fresh.isEmpty() && fresh.peek().sendableSince < freshSince) {
            heldBack.add(fresh.remove());
        }
    }

    /** The waiting event that could first have been sent, or null. */
    OutboxEntry oldest() {
        OutboxEntry held = heldBack.peek();
        OutboxEntry first = fresh.peek();
        return held == null || first != null && first.isOlder(held) ? first : held;
    }

    void removeOldest() {
        if (oldest() == fresh.peek()) {
            fresh.remove();
        } else {
            heldBack.remove();
        }
    }
}
