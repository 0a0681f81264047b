package io.lightnvr.mqtt.visit;

import io.lightnvr.mqtt.event.StreamName;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

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
        return new VisitMemory(visits.resumed(now), alerts, clips.at(now));
    }

    /** The same at a time of the bridge's clock: without a snooze that is over, and without clips that are awaited no longer. */
    public VisitMemory at(Instant now) {
        return new VisitMemory(visits, alerts.at(now), clips.at(now));
    }

    /** The same for a stream that goes on under another name. */
    public VisitMemory renamed(StreamName stream) {
        return new VisitMemory(visits.renamed(stream), alerts, clips.renamed(stream));
    }

    /** The same with other alerts. */
    public VisitMemory with(Alerts other) {
        return new VisitMemory(visits, other, clips);
    }

    /** The same with other visits whose recordings are awaited. */
    public VisitMemory with(AwaitedClips other) {
        return new VisitMemory(visits, alerts, other);
    }

    /** Returns for when the recorder is to be asked for recordings now: the open visit is over, or some are awaited. */
    public Optional<Span> clipsWanted(Instant now) {
        return Stream.of(visits.overAt(now), clips.dueAt(now))
                .flatMap(Optional::stream)
                .reduce(Span::and);
    }
}
