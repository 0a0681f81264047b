package io.lightnvr.mqtt.event;

import java.util.Comparator;

/**
 * One thing that was seen: a row of the recorder, with its zone. In its texts U+FFFD stands for what UTF-8 cannot hold.
 *
 * @param label what it is, such as {@code person}; any text
 * @param confidence 0 to 1, finite; -0 is 0
 * @param box where it is
 * @param trackId the tracker's id, {@code ""} when there is none
 * @param zoneId the name of the zone that it is in, {@code ""} when it is in none
 * @param occurrence 1 for the first of identical rows in one second of one stream, 2 for the second, and so on
 */
public record Detection(String label, float confidence, Box box, String trackId, String zoneId, int occurrence) {

    /**
     * The order in which an event lists its detections: highest confidence first, then label, x, y, width, height, and
     * identical rows by their occurrence, so that it never depends on the order in which they were read.
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
