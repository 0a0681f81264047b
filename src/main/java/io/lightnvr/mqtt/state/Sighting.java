package io.lightnvr.mqtt.state;

import java.time.Duration;

/**
 * That something was seen.
 *
 * @param second when, on the recorder's clock, in epoch seconds
 * @param count how many of it
 * @param until until when it counts as being there, on a monotonic clock in nanoseconds, as {@link System#nanoTime}
 */
record Sighting(long second, int count, long until) {

    /**
     * How far back in time a late row can be, with room to spare: the deepest sweep goes back 15 minutes. What lies
     * further back is not late: the recorder's clock was set back.
     */
    private static final long LATEST = Duration.ofHours(1).toSeconds();

    /** Whether an event of one second is newer than one of another that was taken in before it. */
    static boolean isNewer(long second, long before) {
        return second >= before || before - second > LATEST;
    }

    /** This one after an earlier one: the newer of both says how many, the longer one until when. */
    Sighting after(Sighting earlier) {
        long longer = until - earlier.until > 0 ? until : earlier.until;
        return isNewer(second, earlier.second)
                ? new Sighting(second, count, longer)
                : new Sighting(earlier.second, earlier.count, longer);
    }

    boolean isOver(long nanos) {
        return until - nanos <= 0;
    }
}
