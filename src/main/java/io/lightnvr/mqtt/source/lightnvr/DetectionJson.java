package io.lightnvr.mqtt.source.lightnvr;

import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.event.Box;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads a detection, which answers and events write alike. */
final class DetectionJson {

    /** The recorder cuts labels at 31 bytes; a much longer one is unreadable. */
    private static final int LONGEST_LABEL = 255;

    private DetectionJson() {}

    /** Reads a detection of an answer; empty if it is unreadable. */
    static Optional<Row.Content> ofAnswer(JsonNode json) {
        return read(json, Float.NaN);
    }

    /** Reads a detection of an event, which leaves out a box without an area; its row has zeros. */
    static Optional<Row.Content> ofEvent(JsonNode json) {
        boolean hasBox = Stream.of("x", "y", "width", "height").anyMatch(json::hasNonNull);
        return read(json, hasBox ? Float.NaN : 0);
    }

    private static Optional<Row.Content> read(JsonNode json, float missing) {
        JsonNode label = json.path("label");
        float confidence = number(json, "confidence", Float.NaN);
        float x = number(json, "x", missing);
        float y = number(json, "y", missing);
        float width = number(json, "width", missing);
        float height = number(json, "height", missing);
        boolean areFinite = Stream.of(confidence, x, y, width, height).allMatch(Float::isFinite);
        if (!label.isTextual() || label.textValue().length() > LONGEST_LABEL || !areFinite) {
            return Optional.empty();
        }
        Box box = new Box(x, y, width, height);
        return Optional.of(
                new Row.Content(label.textValue(), confidence, box, text(json, "track_id"), text(json, "zone_id")));
    }

    /** Reads a number as the recorder holds it, a float32. */
    private static float number(JsonNode json, String field, float missing) {
        JsonNode number = json.path(field);
        return number.isNumber() ? (float) number.doubleValue() : missing;
    }

    /** Reads a text, or a number as its decimal text; {@code ""} if there is neither. */
    private static String text(JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (value.isNumber() && Double.isFinite(value.doubleValue())) {
            return value.decimalValue().toPlainString();
        }
        return value.isTextual() ? value.textValue() : "";
    }
}
