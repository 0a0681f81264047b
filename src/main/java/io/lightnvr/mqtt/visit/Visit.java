package io.lightnvr.mqtt.visit;

import io.lightnvr.mqtt.event.EventGroups;
import io.lightnvr.mqtt.event.StreamName;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A visit that is open.
 *
 * @param id 32 hex digits
 * @param stream where it is
 * @param revision of its last report; 0 before the first
 * @param pending whether there is something to say that the last report did not
 * @param reportedBest the confidence of the best detection in the last report
 * @param told the types that reports have told of
 * @param soFar what its events have
 * @param times on the bridge's clock
 */
record Visit(
        String id,
        StreamName stream,
        int revision,
        boolean pending,
        float reportedBest,
        Set<String> told,
        VisitSoFar soFar,
        VisitTimes times) {

    /** A difference of confidence that is worth an update: 0.1, less what is lost in float32. */
    private static final float SURER = 0.1f - 1e-6f;

    Visit {
        told = Set.copyOf(told);
    }

    /** A visit that no report has told of. */
    static Visit first(String id, StreamName stream, VisitSoFar event, VisitTimes times) {
        return new Visit(id, stream, 0, true, event.best().confidence(), Set.of(), event, times);
    }

    /**
     * This visit after a further event.
     *
     * @param happened when, on the bridge's clock
     * @param clear how long the visit lasts after it
     */
    Visit and(VisitSoFar event, Instant happened, Duration clear, EventGroups groups) {
        VisitSoFar more = soFar.and(event, groups);
        boolean surer = more.best().confidence() - reportedBest >= SURER;
        boolean news = pending || surer || more.saysMoreThan(soFar);
        return new Visit(id, stream, revision, news, reportedBest, told, more, times.and(happened, clear));
    }

    /** This visit of a stream that goes on under another name. */
    Visit renamed(StreamName other) {
        return new Visit(id, other, revision, pending, reportedBest, told, soFar, times);
    }

    /** This visit at a time of the bridge's clock, which may have been set back. */
    Visit at(Instant now, Duration longest) {
        return new Visit(id, stream, revision, pending, reportedBest, told, soFar, times.at(now, longest));
    }

    /** This visit when all that there is to say is reported. */
    Visit reportedAt(Instant now, EventGroups groups) {
        Set<String> all = new HashSet<>(told);
        all.addAll(soFar.types(groups));
        return new Visit(id, stream, revision + 1, false, soFar.best().confidence(), all, soFar, times.reportedAt(now));
    }

    /** The types that no report has told of yet, the most important first. */
    List<String> newTypes(EventGroups groups) {
        return soFar.types(groups).stream().filter(type -> !told.contains(type)).toList();
    }

    boolean isOver(Instant now) {
        return !times.over().isAfter(now);
    }

    boolean isUpdateDue(Instant now) {
        return pending && !times.nextReport().isAfter(now);
    }

    /** When it is over or an update is due, whichever is first. */
    Instant nextDue() {
        Instant over = times.over();
        return pending && times.nextReport().isBefore(over) ? times.nextReport() : over;
    }

    /**
     * The report of the current revision.
     *
     * @param newTypes those of which it tells for the first time
     */
    VisitReport report(VisitReport.Type type, List<String> newTypes, EventGroups groups, Instant now) {
        OptionalLong ended = type == VisitReport.Type.END ? OptionalLong.of(soFar.newest()) : OptionalLong.empty();
        return new VisitReport(
                type,
                id,
                revision,
                stream,
                soFar.started(),
                ended,
                Math.min(soFar.seconds(), times.mostSeconds(now)),
                soFar.type(),
                newTypes,
                groups.of(soFar.labels().keySet()),
                soFar.labels(),
                soFar.zones(),
                soFar.events(),
                soFar.best(),
                Optional.empty());
    }
}
