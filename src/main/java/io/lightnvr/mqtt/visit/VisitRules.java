package io.lightnvr.mqtt.visit;

import io.lightnvr.mqtt.event.ClearTimes;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.EventGroups;
import io.lightnvr.mqtt.event.EventTime;
import io.lightnvr.mqtt.visit.VisitReport.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rules of visits. A visit starts with the first fresh event that has something which does not stand still, is updated
 * when there is something new to say, at most every 2 s, and ends when the clear time of its last event has passed without
 * a further one.
 *
 * <p>Each step takes a state and gives the next; nothing else remembers it, so that a step may be thrown away and taken again.
 *
 * <p>The times run on the bridge's <em>wall</em> clock, because they outlive the process. If it is set forward, a visit ends
 * early; if it is set back, the times of the visit are moved back with it, so that no time that is waited for is longer than
 * it can be. Neither gives a second start or end.
 *
 * @param instanceId the bridge's id, a part of each visit's id
 * @param groups give a visit its type
 * @param clearTimes an event that has waited for longer than the usual one is history and changes nothing
 */
public record VisitRules(String instanceId, EventGroups groups, ClearTimes clearTimes) {

    /**
     * Takes in an event.
     *
     * @param before the state of the event's stream
     * @param eventId the event's id; no other event has it
     * @param now the bridge's clock
     */
    public Step detected(StreamVisits before, DetectionEvent event, String eventId, Instant now) {
        Duration delay = EventTime.delay(event.sendableSince(), now);
        if (delay.compareTo(clearTimes.usual()) > 0) {
            return Step.silent(before);
        }
        Instant happened = now.minus(delay);
        StandingStill known = before.standing().at(now);
        StreamVisits next = before.with(known.and(event, happened));
        return event.keepOnly(detection -> !known.has(detection))
                .map(moving -> joined(next, moving, eventId, happened, now))
                .orElseGet(() -> pass(next, now));
    }

    /**
     * Lets time pass: ends a visit that is over, or sends an update that is due. Needed when {@link StreamVisits#isDue} says
     * so, but may be called at any time.
     *
     * @param now the bridge's clock
     */
    public Step pass(StreamVisits before, Instant now) {
        Optional<Visit> open = openAt(before, now);
        if (open.isEmpty()) {
            return Step.silent(before);
        }
        Visit visit = open.get();
        if (!visit.isOver(now) && !visit.isUpdateDue(now)) {
            return Step.silent(before.with(visit));
        }
        Visit reported = visit.reportedAt(now, groups);
        List<String> news = visit.newTypes(groups);
        return visit.isOver(now)
                ? new Step(before.ended(), List.of(reported.report(Type.END, news, groups, now)))
                : new Step(before.with(reported), List.of(reported.report(Type.UPDATE, news, groups, now)));
    }

    private Step joined(StreamVisits before, DetectionEvent moving, String eventId, Instant happened, Instant now) {
        VisitSoFar event = VisitSoFar.of(moving, eventId, groups);
        Duration clear = clear(moving);
        Optional<Visit> open = openAt(before, now).filter(visit -> !visit.isOver(now));
        if (open.isPresent()) {
            return pass(before.with(open.get().and(event, happened, clear, groups)), now);
        }
        String id = VisitId.of(instanceId, moving.stream(), eventId);
        VisitTimes times = new VisitTimes(happened, happened, clear, now);
        return started(pass(before, now), Visit.first(id, moving.stream(), event, times), now);
    }

    private Step started(Step ended, Visit first, Instant now) {
        Visit visit = first.reportedAt(now, groups);
        List<VisitReport> reports = new ArrayList<>(ended.reports());
        reports.add(visit.report(Type.START, first.newTypes(groups), groups, now));
        return new Step(ended.after().with(visit), reports);
    }

    private Optional<Visit> openAt(StreamVisits visits, Instant now) {
        Duration longest = clearTimes.longest(groups);
        return visits.open().map(visit -> visit.at(now, longest));
    }

    private Duration clear(DetectionEvent event) {
        return event.detections().stream()
                .map(detection -> clearTimes.of(detection.label(), groups))
                .max(Duration::compareTo)
                .orElse(clearTimes.usual());
    }
}
