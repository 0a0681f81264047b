package io.lightnvr.mqtt.demo.recorder;

import io.lightnvr.mqtt.event.Zone;
import java.util.List;

/**
 * A zone in the recorder's answers.
 *
 * @param id stays when the name changes
 * @param colour on the recorder's own page, such as {@code #3b82f6}
 * @param polygon of its corners, in parts of the picture
 * @param filterClasses the labels that count in it, separated by commas; all if it is empty
 * @param minConfidence the least confidence that counts in it
 */
public record SimulatedZone(
        String id,
        String name,
        boolean enabled,
        String colour,
        List<Zone.Point> polygon,
        String filterClasses,
        float minConfidence) {

    private static final String BLUE = "#3b82f6";

    public SimulatedZone {
        polygon = List.copyOf(polygon);
    }

    /** An enabled rectangular zone for all labels. */
    public static SimulatedZone rectangle(String id, String name, float left, float top, float right, float bottom) {
        List<Zone.Point> corners = List.of(
                new Zone.Point(left, top),
                new Zone.Point(right, top),
                new Zone.Point(right, bottom),
                new Zone.Point(left, bottom));
        return new SimulatedZone(id, name, true, BLUE, corners, "", 0);
    }

    void write(JsonText json, String stream) {
        json.beginObject()
                .field("id", id)
                .field("stream_name", stream)
                .field("name", name)
                .field("enabled", enabled)
                .field("color", colour)
                .name("polygon")
                .beginArray();
        polygon.forEach(point ->
                json.beginObject().field("x", point.x()).field("y", point.y()).endObject());
        json.endArray()
                .field("filter_classes", filterClasses)
                .field("min_confidence", minConfidence)
                .endObject();
    }
}
