package io.lightnvr.mqtt.broker;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The pause before the next attempt. It doubles from the shortest to the longest; each is cut at random to between half
 * and all of that, so that clients that lost the same server do not return at once. Not thread-safe.
 */
public final class Backoff {

    private final Duration shortest;
    private final Duration longest;
    private final RandomGenerator random;
    private Duration next;

    /**
     * @param shortest the first pause, in whole milliseconds
     * @param longest the last one, not shorter
     */
    public Backoff(Duration shortest, Duration longest, RandomGenerator random) {
        this.shortest = shortest;
        this.longest = longest;
        this.random = random;
        this.next = shortest;
    }

    /** The pause before the next attempt. */
    public Duration next() {
        Duration pause = jittered(next);
        next = min(next.multipliedBy(2), longest);
        return pause;
    }

    /** The longest pause, for a failure that only a person can repair. */
    public Duration longest() {
        next = longest;
        return jittered(longest);
    }

    /** Starts again with the shortest pause, after a success. */
    public void reset() {
        next = shortest;
    }

    private Duration jittered(Duration pause) {
        long millis = pause.toMillis();
        return Duration.ofMillis(millis - random.nextLong(millis / 2 + 1));
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
