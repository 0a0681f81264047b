package io.lightnvr.mqtt.source.lightnvr;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Tracks the recorder's clock, by which it stamps its rows. Answers carry its local time without a zone; the zone
 * follows from {@code /api/health}, which has the same text and epoch seconds. {@link ClockAdjustment} says what a jump
 * changes.
 *
 * <p>An answer is made between its request and its arrival, within the second that it names: that bounds the difference
 * of the recorder's clock and the monotonic one. A local time that leaves these bounds by more than 30 s is not trusted
 * before a health answer explains it: the clock may have been set, or summer time begun.
 *
 * <p>Thread-safe.
 */
final class RecorderClock {

    private static final long JUMP_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long QUARTER_SECONDS = TimeUnit.MINUTES.toSeconds(15);

    /** A larger difference is not a time zone: one of the two clocks is wrong. */
    private static final long WIDEST_ZONE_SECONDS = TimeUnit.HOURS.toSeconds(14);

    private boolean known;
    private boolean needsHealth = true;
    private long zoneSeconds;
    private long aheadNanos;

    /**
     * The local time in an answer.
     *
     * @param sentNanos when the request was sent, on the monotonic clock
     * @param receivedNanos when the answer was complete
     */
    record Reading(LocalDateTime local, long sentNanos, long receivedNanos) {

        private long epochSecond() {
            return local.toEpochSecond(ZoneOffset.UTC);
        }
    }

    /** Takes the time of an answer. */
    synchronized void observe(Reading reading) {
        if (!known) {
            return;
        }
        long nearest = nearest(reading);
        if (Math.abs(nearest - aheadNanos) > JUMP_NANOS) {
            needsHealth = true;
        } else {
            aheadNanos = nearest;
            needsHealth = false;
        }
    }

    /**
     * Takes the time of a health answer, which is trusted.
     *
     * @param lastFrame the newest frame of a running stream, in epoch seconds. Without one, the recorder's clock is
     *     assumed to have gone on or, if it was unknown, to be right within a few minutes; if no time zone explains
     *     that, the previous zone holds, UTC at first.
     * @param bridge the bridge's clock
     */
    synchronized void health(Reading reading, OptionalLong lastFrame, Instant bridge) {
        long expected = known ? second(reading.receivedNanos()) : bridge.getEpochSecond();
        long epoch = lastFrame.orElse(expected);
        long zone = Math.round((double) (reading.epochSecond() - epoch) / QUARTER_SECONDS) * QUARTER_SECONDS;
        if (Math.abs(zone) <= WIDEST_ZONE_SECONDS) {
            zoneSeconds = zone;
        }
        aheadNanos = known ? nearest(reading) : earliest(reading);
        known = true;
        needsHealth = false;
    }

    /** Returns whether a health answer is needed first. */
    synchronized boolean needsHealth() {
        return needsHealth;
    }

    /** Returns whether the clock is known at all. */
    synchronized boolean isKnown() {
        return known;
    }

    /**
     * Returns the time now.
     *
     * @throws IllegalStateException if the clock is not known
     */
    synchronized PollTime now(Instant bridge, long nanos) {
        if (!known) {
            throw new IllegalStateException("The recorder's clock is not known yet");
        }
        return new PollTime(second(nanos), !needsHealth, bridge, nanos);
    }

    /**
     * Returns how far it is ahead of another clock, in whole seconds.
     *
     * @throws IllegalStateException if the clock is not known
     */
    Duration aheadOf(Instant other, long nanos) {
        return Duration.ofSeconds(now(other, nanos).recorder() - other.getEpochSecond());
    }

    /** Returns the recorder's local time at a second, if its time zone is known. */
    synchronized Optional<LocalDateTime> local(long second) {
        return known
                ? Optional.of(LocalDateTime.ofEpochSecond(second + zoneSeconds, 0, ZoneOffset.UTC))
                : Optional.empty();
    }

    private long second(long nanos) {
        return Math.floorDiv(nanos + aheadNanos, SECOND_NANOS);
    }

    /**
     * The lead over the monotonic clock that fits a reading and is nearest to the current one. A lead may overflow,
     * since that clock may start anywhere, so leads are compared by their difference.
     */
    private long nearest(Reading reading) {
        long earliest = earliest(reading);
        long latest = (reading.epochSecond() - zoneSeconds + 1) * SECOND_NANOS - reading.sentNanos() - 1;
        if (earliest - aheadNanos > 0) {
            return earliest;
        }
        return latest - aheadNanos < 0 ? latest : aheadNanos;
    }

    private long earliest(Reading reading) {
        return (reading.epochSecond() - zoneSeconds) * SECOND_NANOS - reading.receivedNanos();
    }
}
