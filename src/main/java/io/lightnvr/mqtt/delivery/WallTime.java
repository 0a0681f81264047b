package io.lightnvr.mqtt.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Converts instants of the clock by which events grow old to the wall clock, which people read and which may leap: a small
 * computer without a battery starts in the past. Not thread-safe.
 */
public final class WallTime {

    /** A smaller difference is no leap, but the time between two readings. */
    private static final Duration LEAP = Duration.ofSeconds(2);

    private final Clock aging;
    private final Clock wall;
    private Duration offset = Duration.ZERO;

    /** @param aging the clock by which events grow old */
    public WallTime(Clock aging, Clock wall) {
        this.aging = aging;
        this.wall = wall;
    }

    /** The wall clock's instant for one of the aging clock. */
    public Instant of(Instant instant) {
        return instant.plus(offset());
    }

    /** How far the wall clock is ahead of the aging clock; negative if it is behind. */
    Duration offset() {
        Duration difference = Duration.between(aging.instant(), wall.instant());
        if (difference.minus(offset).abs().compareTo(LEAP) > 0) {
            offset = difference;
        }
        return offset;
    }
}
