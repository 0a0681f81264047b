package io.lightnvr.mqtt.visit;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The visits of one stream as they stand: the open one, and what stands still. {@link VisitRules} has the rules.
 *
 * @param open the open visit, if there is one
 * @param standing what stands still
 */
public record StreamVisits(Optional<Visit> open, StandingStill standing) {

    /** No visit, and nothing that stands still. */
    public static final StreamVisits NONE = new StreamVisits(Optional.empty(), StandingStill.NOTHING);

    /** Returns the id of the event that has the best detection of the open visit. */
    public Optional<String> bestEvent() {
        return open.map(visit -> visit.soFar().best().eventId());
    }

    /** Returns the last second of the open visit, on the recorder's clock, in epoch seconds, if the visit is over by now. */
    public OptionalLong overAt(Instant now) {
        return open.filter(visit -> visit.isOver(now)).stream()
                .mapToLong(visit -> visit.soFar().newest())
                .findFirst();
    }

    /** Returns when {@link VisitRules#pass} has something to do, unless there is an event before; may have passed already. */
    public Optional<Instant> nextDue() {
        return open.map(Visit::nextDue);
    }

    /** Returns whether {@link VisitRules#pass} has something to do now, also because the clock was set back. */
    public boolean isDue(Instant now) {
        return open.filter(
                        visit -> visit.times().isAhead(now) || !visit.nextDue().isAfter(now))
                .isPresent();
    }

    /**
     * Returns these visits for a bridge that has just started: what stands still could not be seen while it was down, so it
     * has its full time from now.
     */
    public StreamVisits resumed(Instant now) {
        return with(standing.resumed(now));
    }

    StreamVisits with(Visit visit) {
        return new StreamVisits(Optional.of(visit), standing);
    }

    StreamVisits with(StandingStill standingNow) {
        return new StreamVisits(open, standingNow);
    }

    StreamVisits ended() {
        return new StreamVisits(Optional.empty(), standing);
    }
}
