package io.lightnvr.mqtt.store;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.Checkpoint;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.PriorityQueue;

/** What the {@link Ledger} knows of one stream. */
final class Lane {

    final long id;
    final StreamName stream;
    final ArrayDeque<Entry> fresh = new ArrayDeque<>();
    final PriorityQueue<Entry> heldBack = new PriorityQueue<>(Entry.OLDEST_FIRST);
    /** The last one that was given. */
    long sequence;

    Optional<Checkpoint> checkpoint = Optional.empty();
    Optional<Checkpoint> written = Optional.empty();
    Optional<String> state = Optional.empty();

    Lane(long id, StreamName stream) {
        this.id = id;
        this.stream = stream;
    }

    void waits(Entry entry, long freshSince) {
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
    Entry oldest() {
        Entry held = heldBack.peek();
        Entry first = fresh.peek();
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
