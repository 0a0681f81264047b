package io.lightnvr.mqtt.visit;

import java.time.Instant;

/**
 * What is kept of the visits of a stream, over restarts too. Immutable.
 *
 * @param visits the open visit, and what stands still
 * @param alerts whether visits alert
 */
public record VisitMemory(StreamVisits visits, Alerts alerts) {

    /** Of a stream of which nothing is known. */
    public static final VisitMemory NONE = new VisitMemory(StreamVisits.NONE, Alerts.ON);

    /** The same for a bridge that has just started. */
    public VisitMemory resumed(Instant now) {
        return with(visits.resumed(now));
    }

    /** The same with other visits. */
    public VisitMemory with(StreamVisits other) {
        return new VisitMemory(other, alerts);
    }

    /** The same with other alerts. */
    public VisitMemory with(Alerts other) {
        return new VisitMemory(visits, other);
    }
}
