package io.lightnvr.mqtt.store;

import io.lightnvr.mqtt.publish.RenderedEvent;
import java.time.Instant;
import java.util.Comparator;

/** An event in the {@link Ledger}: small, since a hundred thousand of them may wait. */
final class OutboxEntry {

    static final Comparator<OutboxEntry> OLDEST_FIRST =
            Comparator.<OutboxEntry>comparingLong(entry -> entry.sendableSince).thenComparingLong(entry -> entry.id);

    final long id;
    final StreamQueue lane;
    final long sendableSince;
    final long added;
    /** 0 while it waits. */
    long sequence;

    boolean heldBack;
    boolean gone;
    Writing writing;
    /** Only in the file where it is null. */
    RenderedEvent event;

    /** How far it has come on its way to the disk. */
    enum Writing {
        NOT_YET,
        UNDER_WAY,
        DONE
    }

    /**
     * @param sendableSince when it could first have been sent, epoch milliseconds
     * @param added when the store got it, epoch milliseconds
     * @param event the whole; null where that is in the file
     */
    OutboxEntry(long id, StreamQueue lane, long sendableSince, long added, RenderedEvent event) {
        this.id = id;
        this.lane = lane;
        this.sendableSince = sendableSince;
        this.added = added;
        this.event = event;
        this.writing = event == null ? Writing.DONE : Writing.NOT_YET;
    }

    boolean isOlder(OutboxEntry other) {
        return OLDEST_FIRST.compare(this, other) < 0;
    }

    /** It, with its payload, once it has its sequence. */
    SequencedEvent numbered(RenderedEvent payload) {
        return new SequencedEvent(id, sequence, payload, Instant.ofEpochMilli(added), heldBack);
    }

    static int bytes(RenderedEvent event) {
        return event.documented().length + event.enrichedHead().length;
    }
}
