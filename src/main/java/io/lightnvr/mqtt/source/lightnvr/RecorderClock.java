package io.lightnvr.mqtt.source.lightnvr;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * The recorder's clock, by which it stamps its rows. Its answers carry its local time without a zone; the zone follows
 * from {@code /api/health}, where the same text stands beside epoch seconds. What a jump
 * changes is in {@link ClockAdjustment}.
 *
 * <p>An answer was made between the sending of its request and its arrival, within the second that it names: that
 * bounds the difference between the recorder's clock and our monotonic one. A local time that leaves these bounds by
 * more than 30 s is not believed before a health answer explains it: the clock may have been set, or summer time begun.
 *
 * <p>Thread-safe.
 */
final class RecorderClock {

    private static final long JUMP_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long QUARTER_SECONDS = TimeUnit.MINUTES.toSeconds(15);

    /** What differs by more is no zone: one of the two clocks is wrong. */
    private static final long WIDEST_ZONE_SECONDS = TimeUnit.HOURS.toSeconds(14);

    private boolean known;
    private boolean needsHealth = true;
    private long zoneSeconds;
    private long aheadNanos;

    /**
     * The local time of an answer, and when it was asked for and came, on our monotonic clock.
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
     * Takes the time of a health answer, which is believed.
     *
     * @param lastFrame the newest frame of a running stream, in epoch seconds; without one, the recorder's clock is
     *     thought to have gone on, or, where it was not known, to be right, to a few minutes; where no zone explains
     *     that, the last one still holds, UTC at first
     * @param ours what our clock says
     */
    synchronized void health(Reading reading, OptionalLong lastFrame, Instant ours) {
        long expected = known ? second(reading.receivedNanos()) : ours.getEpochSecond();
        long epoch = lastFrame.orElse(expected);
        long zone = Math.round((double) (reading.epochSecond() - epoch) / QUARTER_SECONDS) * QUARTER_SECONDS;
        if (Math.abs(zone) <= WIDEST_ZONE_SECONDS) {
            zoneSeconds = zone;
        }
        aheadNanos = known ? nearest(reading) : earliest(reading);
        known = true;
        needsHealth = false;
    }

    /** Whether the next thing to ask for is a health answer. */
    synchronized boolean needsHealth() {
        return needsHealth;
    }

    /** Whether it is known at all. */
    synchronized boolean isKnown() {
        return known;
    }

    /** What it says now; to be asked only when it is known. */
    synchronized PollTime now(Instant ours, long nanos) {
        if (!known) {
            throw new IllegalStateException("The recorder's clock is not known yet");
        }
        return new PollTime(second(nanos), !needsHealth, ours, nanos);
    }

    /** How far it is ahead of another one, in whole seconds; to be asked only when it is known. */
    Duration aheadOf(Instant other, long nanos) {
        return Duration.ofSeconds(now(other, nanos).recorder() - other.getEpochSecond());
    }

    private long second(long nanos) {
        return Math.floorDiv(nanos + aheadNanos, SECOND_NANOS);
    }

    /**
     * The lead over our monotonic clock that fits a reading and is nearest to the one we go by. Leads may overflow, as
     * that clock may start anywhere, so they are compared by their differences.
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
