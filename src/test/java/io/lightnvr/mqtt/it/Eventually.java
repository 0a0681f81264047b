package io.lightnvr.mqtt.it;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what nobody tells of. */
public final class Eventually {

    private static final long STEP_NANOS = Duration.ofMillis(10).toNanos();

    private Eventually() {}

    /** Waits until something is so. */
    public static void isSo(String what, BooleanSupplier condition) {
        if (!within(Arrivals.PATIENCE, condition)) {
            throw new AssertionError("Waited in vain for " + what);
        }
    }

    /** Waits until something is so, or a time is over; says whether it is so. */
    public static boolean within(Duration time, BooleanSupplier condition) {
        long deadline = System.nanoTime() + time.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
        return true;
    }

    /** Sees to it that something stays so for a while. */
    public static void staysSo(String what, Duration time, BooleanSupplier condition) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            if (!condition.getAsBoolean()) {
                throw new AssertionError("It did not stay so: " + what);
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
    }
}
