package io.lightnvr.mqtt.publish;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.event.Detection;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.EventTime;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.json.JsonTree;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes and reads the documented JSON of an event, byte by byte as automations and scripts know it: compact, every field
 * always present and always in the same place, numbers as their shortest decimal, text in UTF-8 without escapes.
 */
public final class DetectionPayload {

    private DetectionPayload() {}

    /** The payload of an event. */
    public static byte[] bytes(DetectionEvent event) {
        return CompactJson.object(json -> {
            json.writeStringField("stream", event.stream().raw());
            json.writeNumberField("timestamp", event.second());
            json.writeStringField("timestamp_iso", EventTime.of(event.second()).toString());
            json.writeNumberField("count", event.detections().size());
            json.writeArrayFieldStart("detections");
            for (Detection detection : event.detections()) {
                add(json, detection);
            }
            json.writeEndArray();
        });
    }

    /** Parses a payload, which has no occurrences; empty if it is anything else. */
    static Optional<DetectionEvent> read(byte[] payload, StreamName stream, long second, Instant sendableSince) {
        try {
            List<Detection> detections = new ArrayList<>();
            JsonTree.read(payload).path("detections").forEach(json -> detections.add(detection(json)));
            return Optional.of(new DetectionEvent(stream, second, detections, sendableSince));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Detection detection(JsonNode json) {
        Box box = new Box(
                json.path("x").floatValue(),
                json.path("y").floatValue(),
                json.path("width").floatValue(),
                json.path("height").floatValue());
        return new Detection(
                json.path("label").asText(),
                json.path("confidence").floatValue(),
                box,
                json.path("track_id").asText(),
                json.path("zone_id").asText(),
                1);
    }

    private static void add(JsonGenerator json, Detection detection) throws IOException {
        Box box = detection.box();
        json.writeStartObject();
        json.writeStringField("label", detection.label());
        CompactJson.number(json, "confidence", detection.confidence());
        CompactJson.number(json, "x", box.x());
        CompactJson.number(json, "y", box.y());
        CompactJson.number(json, "width", box.width());
        CompactJson.number(json, "height", box.height());
        json.writeStringField("track_id", detection.trackId());
        json.writeStringField("zone_id", detection.zoneId());
        json.writeEndObject();
    }
}
