package io.lightnvr.mqtt.visit;

import java.time.Duration;
import java.time.Instant;

/**
 * The times of an open visit on the bridge's clock. They are of what has happened, so that one that lies ahead of now shows
 * that the clock was set back.
 *
 * @param opened when the first event happened
 * @param seen when the last event happened
 * @param clear how long after the last event the visit is over, not negative
 * @param reported when it was last reported
 */
record VisitTimes(Instant opened, Instant seen, Duration clear, Instant reported) {

    private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(2);

    /** When the visit is over, unless there is a further event. */
    Instant over() {
        return seen.plus(clear);
    }

    /** When it may be reported again. */
    Instant nextReport() {
        return reported.plus(BETWEEN_REPORTS);
    }

    boolean isAhead(Instant now) {
        return newest().isAfter(now);
    }

    /**
     * These times as they are right for a clock: if it was set back, all are moved until none lies ahead.
     *
     * @param longest the longest that a clear time can be
     */
    VisitTimes at(Instant now, Duration longest) {
        Duration bounded = clear.compareTo(longest) > 0 ? longest : clear;
        Duration ahead = isAhead(now) ? Duration.between(now, newest()) : Duration.ZERO;
        return new VisitTimes(opened.minus(ahead), seen.minus(ahead), bounded, reported.minus(ahead));
    }

    /** These times after a further event; one that happened before the last one changes nothing. */
    VisitTimes and(Instant event, Duration clearOfEvent) {
        return event.isBefore(seen) ? this : new VisitTimes(opened, event, clearOfEvent, reported);
    }

    VisitTimes reportedAt(Instant now) {
        return new VisitTimes(opened, seen, clear, now);
    }

    /** The most whole seconds that the visit can have lasted. */
    long mostSeconds(Instant now) {
        return Math.max(0, Duration.between(opened, now).plus(clear).toSeconds());
    }

    private Instant newest() {
        return seen.isAfter(reported) ? seen : reported;
    }
}
