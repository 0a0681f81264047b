package io.lightnvr.mqtt.delivery;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * How long the delivery thread may sleep, in nanoseconds from now. Empty means that only a signal brings work; zero or less
 * means that something is due. Times of a monotonic clock are compared by their difference, since the clock may be negative
 * and wraps.
 */
final class Waits {

    private Waits() {}

    /** The shortest of several waits. */
    static OptionalLong shortest(OptionalLong... waits) {
        return shortest(Arrays.stream(waits).flatMapToLong(OptionalLong::stream));
    }

    /** The shortest of several waits. */
    static OptionalLong shortest(LongStream waits) {
        return waits.min();
    }
}
