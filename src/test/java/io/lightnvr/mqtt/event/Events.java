package io.lightnvr.mqtt.event;

import java.time.Instant;
import java.util.List;

/** Events for tests. */
public final class Events {

    public static final StreamName FRONT_DOOR = new StreamName("front_door");

    /** 2024-02-01T00:00:00Z, the second of the documentation's example. */
    public static final long SECOND = 1706745600;

    private Events() {}

    /** The documentation's example: a person in the entrance, and a car. */
    public static DetectionEvent documented() {
        return event(
                SECOND,
                new Detection("person", 0.92f, new Box(0.25f, 0.3f, 0.15f, 0.45f), "abc123", "entrance", 1),
                new Detection("car", 0.87f, new Box(0.6f, 0.5f, 0.3f, 0.25f), "", "", 1));
    }

    public static DetectionEvent event(long second, Detection... detections) {
        return new DetectionEvent(FRONT_DOOR, second, List.of(detections), Instant.ofEpochSecond(SECOND));
    }

    public static Detection detection(String label, float confidence) {
        return new Detection(label, confidence, Box.whole(), "", "", 1);
    }

    public static Detection inZone(String label, float confidence, String zone) {
        return new Detection(label, confidence, Box.whole(), "", zone, 1);
    }
}
