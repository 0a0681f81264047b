package io.lightnvr.mqtt.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether the disk is in trouble, and when it is tried again. Not thread-safe. */
final class DiskState {

    private static final Duration RETRY_SOON = Duration.ofSeconds(1);

    /** A try that opens a new connection reads the whole file. */
    private static final Duration RETRY_LATER = Duration.ofSeconds(5);

    private Optional<DiskTrouble> trouble;
    private Optional<Instant> retryNext = Optional.empty();

    DiskState(Optional<DiskTrouble> trouble) {
        this.trouble = trouble;
    }

    boolean isInTrouble() {
        return trouble.isPresent();
    }

    /** Why the disk cannot be written, a sentence. */
    Optional<String> sentence() {
        return trouble.map(DiskTrouble::sentence);
    }

    /** Whether the disk has just failed and is left alone for a while. */
    boolean isPausing(Instant now) {
        return retryNext.isPresent() && now.isBefore(retryNext.get());
    }

    /** How long the disk is left alone; empty without trouble. */
    Optional<Duration> pause(Instant now) {
        return trouble.map(any -> retryNext
                .filter(next -> now.isBefore(next))
                .map(next -> Duration.between(now, next))
                .orElse(Duration.ZERO));
    }

    /**
     * The disk has failed.
     *
     * @param isBrief whether the same connection may work again soon
     * @return whether the trouble is another one than before
     */
    boolean failed(DiskTrouble failure, boolean isBrief, Instant now) {
        if (!isPausing(now)) {
            retryNext = Optional.of(now.plus(isBrief ? RETRY_SOON : RETRY_LATER));
        }
        boolean isNew = !trouble.equals(Optional.of(failure));
        trouble = Optional.of(failure);
        return isNew;
    }

    /** The disk may be tried at once. */
    void endPause() {
        retryNext = Optional.empty();
    }

    /** The trouble is over. */
    void recovered() {
        trouble = Optional.empty();
        retryNext = Optional.empty();
    }
}
