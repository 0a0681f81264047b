package io.lightnvr.mqtt.visit;

import java.time.Instant;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * What is kept of the visits of a stream, over restarts too. Immutable.
 *
 * @param visits the open visit, and what stands still
 * @param alerts whether visits alert
 * @param clips the visits whose recordings are awaited
 */
public record VisitMemory(StreamVisits visits, Alerts alerts, AwaitedClips clips) {

    /** Of a stream of which nothing is known. */
    public static final VisitMemory NONE = new VisitMemory(StreamVisits.NONE, Alerts.ON, AwaitedClips.NONE);

    /** The same for a bridge that has just started. */
    public VisitMemory resumed(Instant now) {
        return with(visits.resumed(now));
    }

    /** The same with other visits. */
    public VisitMemory with(StreamVisits other) {
        return new VisitMemory(other, alerts, clips);
    }

    /** The same with other alerts. */
    public VisitMemory with(Alerts other) {
        return new VisitMemory(visits, other, clips);
    }

    /** The same with other visits whose recordings are awaited. */
    public VisitMemory with(AwaitedClips other) {
        return new VisitMemory(visits, alerts, other);
    }

    /**
     * Returns the last second for which the recorder is to be asked for recordings now, on the recorder's clock, in epoch
     * seconds: because the open visit is over, or because some are awaited.
     */
    public OptionalLong clipsUntil(Instant now) {
        return LongStream.concat(visits.overAt(now).stream(), clips.dueUntil(now).stream())
                .max();
    }
}
