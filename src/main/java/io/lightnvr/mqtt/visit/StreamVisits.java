package io.lightnvr.mqtt.visit;

import io.lightnvr.mqtt.event.StreamName;
import java.time.Instant;
import java.util.Optional;

/**
 * The visits of one stream as they stand: the open one, and what stands still. {@link VisitRules} has the rules.
 *
 * @param open the open visit, if there is one
 * @param standing what stands still
 */
public record StreamVisits(Optional<Visit> open, StandingStill standing) {

    /** No visit, and nothing that stands still. */
    public static final StreamVisits NONE = new StreamVisits(Optional.empty(), StandingStill.NOTHING);

    /** Returns the id of the open visit. */
    public Optional<String> openId() {
        return open.map(Visit::id);
    }

    /** Returns the id of the event that has the best detection of the open visit. */
    public Optional<String> bestEvent() {
        return open.map(visit -> visit.soFar().best().eventId());
    }

    /** Returns when the open visit was, if it is over by now. */
    Optional<Span> overAt(Instant now) {
        return open.filter(visit -> visit.isOver(now))
                .map(visit -> new Span(visit.soFar().started(), visit.soFar().newest()));
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

    /** Returns these visits of a stream that goes on under another name. */
    StreamVisits renamed(StreamName stream) {
        return new StreamVisits(open.map(visit -> visit.renamed(stream)), standing);
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
