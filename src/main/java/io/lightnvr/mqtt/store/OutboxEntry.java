package io.lightnvr.mqtt.store;

import io.lightnvr.mqtt.publish.Rendered;
import java.time.Instant;
import java.util.Comparator;

/** An event, or a report of a visit, in the {@link Ledger}: small, since a hundred thousand of them may wait. */
final class OutboxEntry {

    static final Comparator<OutboxEntry> OLDEST_FIRST =
            Comparator.<OutboxEntry>comparingLong(entry -> entry.sendableSince).thenComparingLong(entry -> entry.id);

    final long id;
    final StreamQueue queue;
    final long sendableSince;
    final long added;

    /** Whether it is a report of a visit, which has no sequence. */
    final boolean isVisit;

    /** 0 while it waits; of a report of a visit, then, {@code -1 - s} where s is the last sequence before it. */
    long sequence;

    /** Whether its sequence is in the file. */
    boolean isSequenceWritten;

    boolean delayed;

    /** Removed from the ledger. */
    boolean gone;

    Writing writing;

    /** Null if it is in the file only. */
    Rendered event;

    /** How far it has come on its way to the disk. */
    enum Writing {
        NOT_YET,
        UNDER_WAY,
        DONE
    }

    /**
     * @param sendableSince when it could first have been sent, epoch milliseconds of the store's clock
     * @param added when the store took it in, epoch milliseconds of the store's clock
     * @param event null if it is in the file
     */
    OutboxEntry(long id, StreamQueue queue, long sendableSince, long added, boolean isVisit, Rendered event) {
        this.id = id;
        this.queue = queue;
        this.sendableSince = sendableSince;
        this.added = added;
        this.isVisit = isVisit;
        this.event = event;
        this.writing = event == null ? Writing.DONE : Writing.NOT_YET;
    }

    boolean isOlder(OutboxEntry other) {
        return OLDEST_FIRST.compare(this, other) < 0;
    }

    /** The event with its sequence, once it has one. */
    SequencedEvent sequenced(Rendered payload) {
        return new SequencedEvent(id, sequence, payload, Instant.ofEpochMilli(added), delayed);
    }
}
