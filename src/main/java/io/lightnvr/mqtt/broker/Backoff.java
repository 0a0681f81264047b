package io.lightnvr.mqtt.broker;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: doubling from the shortest to the longest, each between a half and the
 * whole of that, so that many who lost the same server do not come back as one. Not thread-safe.
 */
public final class Backoff {

    private final Duration shortest;
    private final Duration longest;
    private final RandomGenerator random;
    private Duration next;

    public Backoff(Duration shortest, Duration longest, RandomGenerator random) {
        this.shortest = shortest;
        this.longest = longest;
        this.random = random;
        this.next = shortest;
    }

    /** The wait before the next attempt. */
    public Duration next() {
        Duration wait = jittered(next);
        next = min(next.multipliedBy(2), longest);
        return wait;
    }

    /** The longest wait, for what only a person can mend. */
    public Duration longest() {
        next = longest;
        return jittered(longest);
    }

    /** Begins anew, after a success. */
    public void reset() {
        next = shortest;
    }

    private Duration jittered(Duration wait) {
        long millis = wait.toMillis();
        return Duration.ofMillis(millis - random.nextLong(millis / 2 + 1));
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
