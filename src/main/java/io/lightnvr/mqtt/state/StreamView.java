package io.lightnvr.mqtt.state;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a stream shows at one moment. Maps keep their order.
 *
 * @param count the sum of {@code labels}
 * @param labels the count of each label that is present, at least 1
 * @param groups for every group, whether one of its labels is present
 * @param zones for every zone, whether it is occupied
 * @param zoneGroups for every zone, whether one of the labels of a group is in it; empty if no groups of zones are wanted
 * @param lastLabel the best label of the newest event; empty before the first
 * @param lastDetection the second of the newest event, on the recorder's clock; empty before the first
 */
public record StreamView(
        int count,
        Map<String, Integer> labels,
        Map<String, Boolean> groups,
        Map<String, Boolean> zones,
        Map<String, Map<String, Boolean>> zoneGroups,
        String lastLabel,
        Optional<Instant> lastDetection) {

    public StreamView {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
        zones = Collections.unmodifiableMap(new LinkedHashMap<>(zones));
        zoneGroups = Collections.unmodifiableMap(new LinkedHashMap<>(zoneGroups));
    }
}
