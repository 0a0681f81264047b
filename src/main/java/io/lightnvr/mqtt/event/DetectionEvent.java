package io.lightnvr.mqtt.event;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The detections that one poll found new in one second of one stream. A second that two polls see is two events, each
 * with only its new rows.
 *
 * @param stream the stream
 * @param second when they were detected, on the recorder's clock, in epoch seconds
 * @param detections what was detected, never empty; kept in {@link Detection#ORDER}
 * @param sendableSince when the event could first have been sent, on the bridge's clock: when it was found, or, if it
 *     comes late, the second in which it happened
 */
public record DetectionEvent(StreamName stream, long second, List<Detection> detections, Instant sendableSince) {

    public DetectionEvent {
        if (detections.isEmpty()) {
            throw new IllegalArgumentException("An event needs a detection");
        }
        detections = detections.stream().sorted(Detection.ORDER).toList();
    }

    /** Returns this event with only the detections that pass, or nothing if none does. */
    public Optional<DetectionEvent> keepOnly(Predicate<Detection> wanted) {
        List<Detection> kept = detections.stream().filter(wanted).toList();
        if (kept.size() == detections.size()) {
            return Optional.of(this);
        }
        return kept.isEmpty() ? Optional.empty() : Optional.of(new DetectionEvent(stream, second, kept, sendableSince));
    }
}
