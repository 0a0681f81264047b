package io.lightnvr.mqtt.event;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which streams and detections the user wants.
 *
 * @param labels only these labels, upper or lower case alike; empty means all
 * @param minConfidence the least confidence that passes, 0 to 1, inclusive
 * @param streams only these streams, by raw name; empty means all
 * @param ignoredStreams these not, even if named in {@code streams}
 */
public record DetectionFilter(
        Set<String> labels, float minConfidence, Set<StreamName> streams, Set<StreamName> ignoredStreams) {

    public DetectionFilter {
        labels = labels.stream().map(Text::folded).collect(Collectors.toUnmodifiableSet());
        streams = Set.copyOf(streams);
        ignoredStreams = Set.copyOf(ignoredStreams);
    }

    /** Lets everything pass. */
    public static DetectionFilter none() {
        return new DetectionFilter(Set.of(), 0, Set.of(), Set.of());
    }

    public boolean wants(StreamName stream) {
        return (streams.isEmpty() || streams.contains(stream)) && !ignoredStreams.contains(stream);
    }

    public boolean wants(Detection detection) {
        return detection.confidence() >= minConfidence
                && (labels.isEmpty() || labels.contains(Text.folded(detection.label())));
    }

    /** What of an event passes, or nothing. */
    public Optional<DetectionEvent> apply(DetectionEvent event) {
        return wants(event.stream()) ? event.keepOnly(this::wants) : Optional.empty();
    }
}
