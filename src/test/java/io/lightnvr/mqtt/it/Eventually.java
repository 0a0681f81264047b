package io.lightnvr.mqtt.it;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what nobody tells of. */
final class Eventually {

    private static final long STEP_NANOS = Duration.ofMillis(10).toNanos();

    private Eventually() {}

    /** Waits until something is so. */
    static void isSo(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Arrivals.PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Waited in vain for " + what);
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
    }

    /** Sees to it that something stays so for a while. */
    static void staysSo(String what, Duration time, BooleanSupplier condition) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            if (!condition.getAsBoolean()) {
                throw new AssertionError("It did not stay so: " + what);
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
    }
}
