package io.lightnvr.mqtt.state;

import java.time.Duration;

/**
 * The newest sighting of a label or of something in a zone.
 *
 * @param second the second of its event, on the recorder's clock, in epoch seconds
 * @param count how many were seen
 * @param until the end of the time for which it counts as present, in nanoseconds of {@link System#nanoTime}
 */
record Sighting(long second, int count, long until) {

    /**
     * By how much a row can be late, in seconds, with room to spare: the deepest sweep goes back 15 minutes. An event that
     * lies further back is not late: the recorder's clock was set back.
     */
    private static final long LATEST = Duration.ofHours(1).toSeconds();

    /** Whether an event of a second is newer than one that was taken in before it. */
    static boolean isNewer(long second, long before) {
        return second >= before || before - second > LATEST;
    }

    /** This sighting after an earlier one: the count of the newer one, for the longer of both times. */
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
