package io.lightnvr.mqtt.intake;

import java.time.Duration;

/**
 * Decides when a stream is polled next. Each poll costs the recorder about 1 ms and a line of its log. So a stream in which
 * something happened within a minute, and a new one, is polled once a second, and quiet ones every 2 to 5 s by their number: up
 * to ten of them together twice a second. The first poll only takes stock, so the second one follows soon. Not thread-safe.
 */
final class PollInterval {

    private static final Duration SOON = Duration.ofMillis(250);
    private static final Duration ACTIVE = Duration.ofSeconds(1);
    private static final Duration QUIET_PER_STREAM = Duration.ofMillis(500);
    private static final Duration QUIET_SHORTEST = Duration.ofSeconds(2);
    private static final Duration QUIET_LONGEST = Duration.ofSeconds(5);
    private static final long STAYS_ACTIVE_NANOS = Duration.ofMinutes(1).toNanos();

    private long activeUntil;
    private boolean lookedTwice;

    /** The interval of a new stream. */
    PollInterval(long nanoTime) {
        detected(nanoTime);
    }

    /** Something was detected. */
    void detected(long nanoTime) {
        activeUntil = nanoTime + STAYS_ACTIVE_NANOS;
    }

    /**
     * How long to wait before the next poll.
     *
     * @param streams how many streams are polled
     */
    Duration next(long nanoTime, int streams) {
        if (!lookedTwice) {
            lookedTwice = true;
            return SOON;
        }
        if (nanoTime - activeUntil < 0) {
            return ACTIVE;
        }
        Duration fair = QUIET_PER_STREAM.multipliedBy(streams);
        return fair.compareTo(QUIET_SHORTEST) < 0
                ? QUIET_SHORTEST
                : fair.compareTo(QUIET_LONGEST) > 0 ? QUIET_LONGEST : fair;
    }
}
