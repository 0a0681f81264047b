package io.lightnvr.mqtt.publish;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lightnvr.mqtt.event.EventSummary;
import io.lightnvr.mqtt.event.EventTime;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The JSON of an enriched event. It comes in two pieces: the head holds what is known when the event is found, the tail
 * what is known when it is sent.
 */
final class EnrichedPayload {

    private EnrichedPayload() {}

    /** Everything up to and including {@code "event_id":"..."}. */
    static byte[] head(EventSummary summary, String eventId) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("event_type", summary.type());
        addAll(json.putArray("groups"), summary.groups());
        json.put("label", summary.best().label());
        json.putRawValue("confidence", DetectionPayload.number(summary.best().confidence()));
        summary.labels().forEach(json.putObject("labels")::put);
        addAll(json.putArray("zones"), summary.zones());
        json.put("event_id", eventId);
        String text = json.toString();
        return text.substring(0, text.length() - 1).getBytes(StandardCharsets.UTF_8);
    }

    /** The whole. */
    static byte[] complete(byte[] head, long sequence, long second, long delayMillis) {
        String text = ",\"sequence\":" + sequence + ",\"timestamp_iso\":\"" + EventTime.of(second)
                + "\",\"delayed_ms\":" + delayMillis + "}";
        byte[] tail = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(head.length + tail.length)
                .put(head)
                .put(tail)
                .array();
    }

    private static void addAll(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }
}
