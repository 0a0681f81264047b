package io.lightnvr.mqtt.intake;

import io.lightnvr.mqtt.broker.Backoff;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * The clocks and the randomness of intake.
 *
 * @param scheduler runs what is due, on intake's threads
 * @param nanoTime a monotonic clock
 * @param random thread-safe
 */
public record IntakeTimes(Scheduler scheduler, LongSupplier nanoTime, RandomGenerator random) {

    private static final Duration RETRY_FIRST = Duration.ofSeconds(1);
    private static final Duration RETRY_LONGEST = Duration.ofSeconds(15);

    long now() {
        return nanoTime.getAsLong();
    }

    /** The waits between two attempts to ask the recorder. */
    Backoff backoff() {
        return new Backoff(RETRY_FIRST, RETRY_LONGEST, random);
    }
}
