package io.lightnvr.mqtt.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.event.Detection;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.EventTime;
import io.lightnvr.mqtt.event.StreamName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The documented JSON of an event, byte by byte as automations and scripts have it: compact, each field always there
 * and always in the same place, numbers as their shortest decimal, text in UTF-8 without escapes.
 */
public final class DetectionPayload {

    private static final ObjectMapper JSON = new ObjectMapper();

    private DetectionPayload() {}

    /** The payload of an event. */
    public static byte[] bytes(DetectionEvent event) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("stream", event.stream().raw());
        json.put("timestamp", event.second());
        json.put("timestamp_iso", EventTime.of(event.second()).toString());
        json.put("count", event.detections().size());
        ArrayNode detections = json.putArray("detections");
        event.detections().forEach(detection -> add(detections.addObject(), detection));
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The event of a payload; occurrences are not in it.
     *
     * @throws UncheckedIOException where this is no such payload
     */
    static DetectionEvent read(byte[] payload, StreamName stream, long second, Instant sendableSince) {
        try {
            List<Detection> detections = new ArrayList<>();
            JSON.readTree(payload).path("detections").forEach(json -> detections.add(detection(json)));
            return new DetectionEvent(stream, second, detections, sendableSince);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Detection detection(JsonNode json) {
        Box box = new Box(
                json.path("x").floatValue(),
                json.path("y").floatValue(),
                json.path("width").floatValue(),
                json.path("height").floatValue());
        return new Detection(
                json.path("label").textValue(),
                json.path("confidence").floatValue(),
                box,
                json.path("track_id").textValue(),
                json.path("zone_id").textValue(),
                1);
    }

    private static void add(ObjectNode json, Detection detection) {
        Box box = detection.box();
        json.put("label", detection.label());
        json.putRawValue("confidence", number(detection.confidence()));
        json.putRawValue("x", number(box.x()));
        json.putRawValue("y", number(box.y()));
        json.putRawValue("width", number(box.width()));
        json.putRawValue("height", number(box.height()));
        json.put("track_id", detection.trackId());
        json.put("zone_id", detection.zoneId());
    }

    /** A number as it stands in JSON. */
    static RawValue number(float number) {
        return new RawValue(ShortestDecimal.of(number));
    }
}
