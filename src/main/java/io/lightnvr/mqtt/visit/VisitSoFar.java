package io.lightnvr.mqtt.visit;

import io.lightnvr.mqtt.event.Detection;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.EventGroups;
import io.lightnvr.mqtt.event.EventSummary;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the events of a visit have, without what stands still. At most {@value #MOST_NAMES} labels and as many zones are
 * kept; further ones are left out.
 *
 * @param started the second of the first event, on the recorder's clock, in epoch seconds
 * @param newest the greatest second, on the recorder's clock, in epoch seconds
 * @param type the most important type of an event
 * @param labels what there was of each label, in the order in which they came
 * @param zones in the order in which they were entered
 * @param events how many, from 1 up
 * @param best the surest detection of the type
 */
record VisitSoFar(
        long started,
        long newest,
        String type,
        Map<String, VisitLabel> labels,
        List<String> zones,
        int events,
        VisitBest best) {

    static final int MOST_NAMES = 256;

    VisitSoFar {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        zones = List.copyOf(zones);
    }

    /** What one event has. */
    static VisitSoFar of(DetectionEvent event, String eventId, EventGroups groups) {
        EventSummary summary = EventSummary.of(event, groups);
        return new VisitSoFar(
                event.second(),
                event.second(),
                summary.type(),
                labels(event),
                united(List.of(), summary.zones()),
                1,
                best(summary.best(), event.second(), eventId));
    }

    /** What this and a further event have; the start stays, whatever the second of the event. */
    VisitSoFar and(VisitSoFar event, EventGroups groups) {
        boolean rises = rank(event.type, groups) < rank(type, groups);
        boolean surer = event.type.equals(type) && event.best.confidence() > best.confidence();
        return new VisitSoFar(
                started,
                Math.max(newest, event.newest),
                rises ? event.type : type,
                united(labels, event.labels),
                united(zones, event.zones),
                events + event.events,
                rises || surer ? event.best : best);
    }

    /** Whether this has a label, a zone or more of a label at once, or a more important type, that it had not before. */
    boolean saysMoreThan(VisitSoFar before) {
        return !type.equals(before.type)
                || zones.size() > before.zones.size()
                || labels.entrySet().stream().anyMatch(label -> label.getValue().most() > before.most(label.getKey()));
    }

    /** The types of its events: groups, the most important first, or what there is without one. */
    List<String> types(EventGroups groups) {
        List<String> present = groups.of(labels.keySet());
        return present.isEmpty() ? List.of(type) : present;
    }

    /** Whole seconds from the start to the newest, not negative. */
    long seconds() {
        long seconds = newest - started;
        return seconds < 0 ? Long.MAX_VALUE : seconds;
    }

    private int most(String label) {
        VisitLabel seen = labels.get(label);
        return seen == null ? 0 : seen.most();
    }

    private static Map<String, VisitLabel> labels(DetectionEvent event) {
        Map<String, VisitLabel> all = new LinkedHashMap<>();
        for (Detection detection : event.detections()) {
            VisitLabel one = new VisitLabel(1, detection.confidence());
            all.merge(
                    detection.label(),
                    one,
                    (before, next) ->
                            new VisitLabel(before.most() + 1, before.and(next).confidence()));
        }
        return united(Map.of(), all);
    }

    private static Map<String, VisitLabel> united(Map<String, VisitLabel> before, Map<String, VisitLabel> event) {
        Map<String, VisitLabel> all = new LinkedHashMap<>(before);
        event.forEach((label, seen) -> {
            if (all.containsKey(label) || all.size() < MOST_NAMES) {
                all.merge(label, seen, VisitLabel::and);
            }
        });
        return all;
    }

    private static List<String> united(Collection<String> before, Collection<String> event) {
        Set<String> all = new LinkedHashSet<>(before);
        all.addAll(event);
        return all.stream().limit(MOST_NAMES).toList();
    }

    private static VisitBest best(Detection best, long second, String eventId) {
        return new VisitBest(best.label(), best.confidence(), best.box(), second, eventId);
    }

    /** The place of a type, from 0 for the most important; one that there is no more comes last. */
    private static int rank(String type, EventGroups groups) {
        List<String> types = EventSummary.types(groups);
        int rank = types.indexOf(type);
        return rank < 0 ? types.size() : rank;
    }
}
