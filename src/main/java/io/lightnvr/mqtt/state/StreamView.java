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
 * @param labels how many of each label are there; no label is there with 0
 * @param groups of every group, whether one of its labels is there
 * @param zones of every zone, whether something is in it
 * @param lastLabel the best label of the newest event, {@code ""} before the first
 * @param lastDetection the second of the newest event, on the recorder's clock; empty before the first
 */
public record StreamView(
        int count,
        Map<String, Integer> labels,
        Map<String, Boolean> groups,
        Map<String, Boolean> zones,
        String lastLabel,
        Optional<Instant> lastDetection) {

    public StreamView {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
        zones = Collections.unmodifiableMap(new LinkedHashMap<>(zones));
    }
}
