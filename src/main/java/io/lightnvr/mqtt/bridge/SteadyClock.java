package io.lightnvr.mqtt.bridge;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * The clock by which events age: takes the wall clock at the start of the process, and from then on advances by a monotonic one.
 * A small computer without a battery starts in the past and leaps to the right time once the network is up; events that waited
 * meanwhile must not become years old. The price: a wrong start time stays wrong until the process ends.
 */
public final class SteadyClock extends Clock {

    private final Instant start;
    private final long startNanos;
    private final LongSupplier nanoTime;

    /**
     * @param wall read once
     * @param nanoTime a monotonic clock
     */
    public SteadyClock(Clock wall, LongSupplier nanoTime) {
        this.start = wall.instant();
        this.startNanos = nanoTime.getAsLong();
        this.nanoTime = nanoTime;
    }

    @Override
    public Instant instant() {
        return start.plusNanos(nanoTime.getAsLong() - startNanos);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("Only UTC is supported");
    }
}
