package io.lightnvr.mqtt.source.lightnvr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.source.SourceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The answer to {@code /api/detection/results/{stream}}.
 *
 * @param page its rows
 * @param clock the recorder's local time, if the answer has it
 */
record ResultsAnswer(Page page, Optional<RecorderClock.Reading> clock) {

    private static final long NOWHERE = -1;

    /** The recorder cuts labels at 31 bytes; a much longer one is unreadable. */
    private static final int LONGEST_LABEL = 255;

    /** @throws SourceException if the answer has another form */
    static ResultsAnswer read(RecorderAnswer answer) throws SourceException {
        JsonNode json = answer.object();
        return new ResultsAnswer(page(answer, json), answer.clock(json));
    }

    /**
     * Reads the rows in their order, unreadable ones included. They are ordered by time, so one without a time gets
     * that of its neighbour.
     */
    private static Page page(RecorderAnswer answer, JsonNode json) throws SourceException {
        JsonNode detections = json.path("detections");
        if (!detections.isArray()) {
            throw answer.unexpected();
        }
        long neighbour = NOWHERE;
        for (int i = detections.size() - 1; i >= 0; i--) {
            neighbour = second(detections.get(i)).orElse(neighbour);
        }
        if (neighbour == NOWHERE && !detections.isEmpty()) {
            throw answer.unexpected();
        }
        List<Row> rows = new ArrayList<>();
        for (JsonNode detection : detections) {
            OptionalLong second = second(detection);
            neighbour = second.orElse(neighbour);
            rows.add(row(neighbour, second.isPresent() ? content(detection) : Optional.empty(), detection));
        }
        return new Page(rows);
    }

    private static OptionalLong second(JsonNode detection) {
        JsonNode second = detection.path("timestamp");
        boolean isSecond = second.isNumber() && second.canConvertToExactIntegral() && second.canConvertToLong();
        return isSecond && second.longValue() >= 0 && second.longValue() <= ScanRange.FAR
                ? OptionalLong.of(second.longValue())
                : OptionalLong.empty();
    }

    private static Row row(long second, Optional<Row.Content> content, JsonNode detection) {
        return content.map(seen -> Row.of(second, seen)).orElseGet(() -> Row.unreadable(second, text(detection)));
    }

    /** Distinguishes an unreadable row from others; its end may belong to another row. */
    private static String text(JsonNode detection) {
        return detection.isObject()
                ? ((ObjectNode) detection).deepCopy().without("end_timestamp").toString()
                : detection.toString();
    }

    private static Optional<Row.Content> content(JsonNode json) {
        JsonNode label = json.path("label");
        float confidence = number(json, "confidence");
        float x = number(json, "x");
        float y = number(json, "y");
        float width = number(json, "width");
        float height = number(json, "height");
        boolean areFinite = Stream.of(confidence, x, y, width, height).allMatch(Float::isFinite);
        if (!label.isTextual() || label.textValue().length() > LONGEST_LABEL || !areFinite) {
            return Optional.empty();
        }
        Box box = new Box(x, y, width, height);
        return Optional.of(
                new Row.Content(label.textValue(), confidence, box, text(json, "track_id"), text(json, "zone_id")));
    }

    /** Reads a number as the recorder holds it, a float32; NaN if there is none. */
    private static float number(JsonNode json, String field) {
        JsonNode number = json.path(field);
        return number.isNumber() ? (float) number.doubleValue() : Float.NaN;
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
