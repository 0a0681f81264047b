package io.lightnvr.mqtt.source.lightnvr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lightnvr.mqtt.json.JsonTree;
import io.lightnvr.mqtt.source.SourceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The answer to {@code /api/detection/results/{stream}}.
 *
 * @param page its rows
 * @param clock the recorder's local time, if the answer has it
 */
record ResultsAnswer(Page page, Optional<RecorderClock.Reading> clock) {

    private static final long NOWHERE = -1;

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
            rows.add(row(
                    neighbour, second.isPresent() ? DetectionJson.ofAnswer(detection) : Optional.empty(), detection));
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
        return JsonTree.text(
                detection.isObject() ? ((ObjectNode) detection).deepCopy().without("end_timestamp") : detection);
    }
}
