package io.lightnvr.mqtt.event;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Selects the streams and detections that the user wants.
 *
 * @param labels only these labels, ignoring case; empty means all
 * @param minConfidence the lowest confidence that passes, 0 to 1, inclusive
 * @param streams only these streams, by raw name; empty means all
 * @param ignoredStreams never these, even if {@code streams} names them
 */
public record DetectionFilter(
        Set<String> labels, float minConfidence, Set<StreamName> streams, Set<StreamName> ignoredStreams) {

    public DetectionFilter {
        labels = labels.stream().map(Text::folded).collect(Collectors.toUnmodifiableSet());
        streams = Set.copyOf(streams);
        ignoredStreams = Set.copyOf(ignoredStreams);
    }

    /** A filter that everything passes. */
    public static DetectionFilter none() {
        return new DetectionFilter(Set.of(), 0, Set.of(), Set.of());
    }

    /** Returns whether the user wants a stream. */
    public boolean wants(StreamName stream) {
        return (streams.isEmpty() || streams.contains(stream)) && !ignoredStreams.contains(stream);
    }

    /** Returns whether a detection passes, of whatever stream. */
    public boolean wants(Detection detection) {
        return detection.confidence() >= minConfidence
                && (labels.isEmpty() || labels.contains(Text.folded(detection.label())));
    }

    /** Returns the part of an event that passes, or nothing. */
    public Optional<DetectionEvent> apply(DetectionEvent event) {
        return wants(event.stream()) ? event.keepOnly(this::wants) : Optional.empty();
    }
}
