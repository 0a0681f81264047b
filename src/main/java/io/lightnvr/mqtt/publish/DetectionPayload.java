package io.lightnvr.mqtt.publish;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.event.Detection;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.EventTime;
import java.nio.charset.StandardCharsets;

/**
 * The documented JSON of an event, byte by byte as automations and scripts have it: compact, each field always there
 * and always in the same place, numbers as their shortest decimal, text in UTF-8 without escapes.
 */
public final class DetectionPayload {

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
