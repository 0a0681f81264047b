package io.lightnvr.mqtt.event;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Summarizes an event for the enriched payload and the entities.
 *
 * @param type the first group, in the order of the groups, that the event contains (a parked car with the highest
 *     confidence must not hide a person); else {@code motion} if it has that label; else {@code other}
 * @param best the detection with the highest confidence among those that give the event its type
 * @param groups all groups that the event contains, in the order of the groups
 * @param labels the number of detections of each label, in the order of the detections
 * @param zones the names of the zones with a detection, each once, in the order of the detections
 */
public record EventSummary(
        String type, Detection best, List<String> groups, Map<String, Integer> labels, List<String> zones) {

    private static final String MOTION = "motion";
    private static final String OTHER = "other";

    private static final List<String> TYPES_WITHOUT_GROUP = List.of(MOTION, OTHER);

    public EventSummary {
        groups = List.copyOf(groups);
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        zones = List.copyOf(zones);
    }

    /** All types that events may have, the most important first. */
    public static List<String> types(EventGroups groups) {
        return Stream.concat(groups.labels().keySet().stream(), TYPES_WITHOUT_GROUP.stream())
                .distinct()
                .toList();
    }

    /** Summarizes an event. */
    public static EventSummary of(DetectionEvent event, EventGroups groups) {
        Map<String, Integer> labels = new LinkedHashMap<>();
        event.detections().forEach(detection -> labels.merge(detection.label(), 1, Integer::sum));
        List<String> present = groups.of(labels.keySet());
        String type = type(present, labels.keySet());
        return new EventSummary(type, best(event, groups, type), present, labels, zones(event));
    }

    /**
     * Returns the most important of some groups; without one, {@code motion} if that is among the labels, else {@code other}.
     *
     * @param groups in the order of the groups
     */
    public static String type(List<String> groups, Collection<String> labels) {
        if (!groups.isEmpty()) {
            return groups.get(0);
        }
        return labels.stream().anyMatch(EventSummary::isMotion) ? MOTION : OTHER;
    }

    private static Detection best(DetectionEvent event, EventGroups groups, String type) {
        for (Detection detection : event.detections()) {
            String label = detection.label();
            if (groups.contains(type, label) || type.equals(MOTION) && isMotion(label)) {
                return detection;
            }
        }
        return event.detections().get(0);
    }

    private static List<String> zones(DetectionEvent event) {
        Set<String> zones = new LinkedHashSet<>();
        for (Detection detection : event.detections()) {
            if (!detection.zoneId().isEmpty()) {
                zones.add(detection.zoneId());
            }
        }
        return List.copyOf(zones);
    }

    private static boolean isMotion(String label) {
        return Text.folded(label).equals(MOTION);
    }
}
