package io.lightnvr.mqtt.status;

import io.lightnvr.mqtt.event.Detection;
import io.lightnvr.mqtt.event.StreamName;
import java.time.Instant;
import java.util.List;

/**
 * An event as people look at it.
 *
 * @param at when the bridge had it, by the clock by which events grow old
 * @param second when it was detected, on the recorder's clock, in epoch seconds
 * @param type its most important group; without one, {@code motion} or {@code other}
 * @param best the surest of the detections that give it its type
 * @param detections all of them, the surest first
 */
public record SeenEvent(
        StreamName stream, Instant at, long second, String type, Detection best, List<Detection> detections) {

    public SeenEvent {
        detections = List.copyOf(detections);
    }

    /** The same event of a stream that goes on under another name. */
    SeenEvent of(StreamName other) {
        return new SeenEvent(other, at, second, type, best, detections);
    }
}
