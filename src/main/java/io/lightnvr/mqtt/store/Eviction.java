package io.lightnvr.mqtt.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * Drops waiting events that are too old or for which there is no room, the oldest first. The sequence that a dropped event
 * would have had is left out, so that consumers see the gap. Not thread-safe.
 */
final class Eviction {

    private static final Duration EXPIRE_EVERY = Duration.ofSeconds(1);

    private final StoreLimits limits;
    private final long mostUnwritten;
    private final StreamQueues queues;
    private final UnwrittenChanges unwritten;
    private final Losses losses;
    private Optional<Instant> expireNext = Optional.empty();

    /** @param mostUnwritten how much payload may wait to be written, in bytes */
    Eviction(StoreLimits limits, long mostUnwritten, StreamQueues queues, UnwrittenChanges unwritten, Losses losses) {
        this.limits = limits;
        this.mostUnwritten = mostUnwritten;
        this.queues = queues;
        this.unwritten = unwritten;
        this.losses = losses;
    }

    /**
     * Drops what does not fit.
     *
     * @param sending how many events are being sent: they count, but are not dropped
     */
    void makeRoom(int sending, Instant now) {
        expire(now);
        for (int excess = queues.size() + sending - limits.maxEvents(); excess > 0; excess--) {
            queues.oldest().ifPresent(oldest -> {
                oldest.queue.remove(oldest);
                drop(oldest, "the outbox is full (outbox.max_events: " + limits.maxEvents() + ")");
            });
        }
        while (unwritten.bytes() > mostUnwritten && unwritten.oldestWaiting().isPresent()) {
            OutboxEntry oldest = unwritten.oldestWaiting().get();
            oldest.queue.remove(oldest);
            drop(oldest, "the disk cannot be written, and memory is full");
        }
    }

    /** Drops what has waited for too long; looks once a second. */
    void expire(Instant now) {
        if (expireNext.isPresent() && now.isBefore(expireNext.get())) {
            return;
        }
        expireNext = Optional.of(now.plus(EXPIRE_EVERY));
        long addedSince = now.minus(limits.maxAge()).toEpochMilli();
        for (StreamQueue queue : queues.all()) {
            expire(queue.delayed, addedSince);
            expire(queue.fresh, addedSince);
            expire(queue.reports, addedSince);
        }
    }

    private void expire(Collection<OutboxEntry> waiting, long addedSince) {
        waiting.removeIf(entry -> {
            boolean expired = entry.added < addedSince;
            if (expired) {
                drop(entry, "they have waited for longer than outbox.max_age");
            }
            return expired;
        });
    }

    private void drop(OutboxEntry entry, String why) {
        entry.queue.sequence += entry.isVisit ? 0 : 1;
        unwritten.changed(entry.queue);
        unwritten.removed(entry);
        losses.lost(entry, why);
    }
}
