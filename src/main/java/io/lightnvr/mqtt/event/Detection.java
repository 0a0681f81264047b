package io.lightnvr.mqtt.event;

import java.util.Comparator;

/**
 * One detected object: a row of the recorder, with its zone. U+FFFD replaces what UTF-8 cannot encode.
 *
 * @param label the class, such as {@code person}; any text
 * @param confidence 0 to 1, finite; -0 becomes 0
 * @param box its place in the picture
 * @param trackId the tracker's id, or {@code ""}
 * @param zoneId the name of the zone that contains it, or {@code ""}
 * @param occurrence 1 for the first of identical rows in one second of one stream, 2 for the second, and so on
 */
public record Detection(String label, float confidence, Box box, String trackId, String zoneId, int occurrence) {

    /**
     * Orders the detections of an event: highest confidence first, then label, x, y, width, height, and the occurrence
     * among identical rows, so that the order of reading does not matter.
     */
    public static final Comparator<Detection> ORDER = Comparator.comparingDouble(Detection::confidence)
            .reversed()
            .thenComparing(Detection::label)
            .thenComparingDouble(detection -> detection.box().x())
            .thenComparingDouble(detection -> detection.box().y())
            .thenComparingDouble(detection -> detection.box().width())
            .thenComparingDouble(detection -> detection.box().height())
            .thenComparingInt(Detection::occurrence);

    public Detection {
        if (!Float.isFinite(confidence)) {
            throw new IllegalArgumentException("A confidence must be finite");
        }
        confidence += 0f;
        label = Text.wellFormed(label);
        trackId = Text.wellFormed(trackId);
        zoneId = Text.wellFormed(zoneId);
    }
}
