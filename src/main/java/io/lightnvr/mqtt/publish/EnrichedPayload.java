package io.lightnvr.mqtt.publish;

import io.lightnvr.mqtt.event.EventSummary;
import io.lightnvr.mqtt.event.EventTime;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * Writes the JSON of an enriched event in two pieces: the head when the event is found, and the tail, with sequence and
 * delay, when it is sent.
 */
final class EnrichedPayload {

    private EnrichedPayload() {}

    /** Everything up to and including {@code "event_id":"..."}. */
    static byte[] head(EventSummary summary, String eventId) {
        byte[] object = CompactJson.object(json -> {
            json.writeStringField("event_type", summary.type());
            CompactJson.texts(json, "groups", summary.groups());
            json.writeStringField("label", summary.best().label());
            CompactJson.number(json, "confidence", summary.best().confidence());
            json.writeObjectFieldStart("labels");
            for (Map.Entry<String, Integer> label : summary.labels().entrySet()) {
                json.writeNumberField(label.getKey(), label.getValue());
            }
            json.writeEndObject();
            CompactJson.texts(json, "zones", summary.zones());
            json.writeStringField("event_id", eventId);
        });
        return Arrays.copyOf(object, object.length - 1);
    }

    /**
     * The whole payload.
     *
     * @param delayMillis how late the event goes out ({@link RenderedEvent#messages})
     */
    static byte[] complete(byte[] head, long sequence, long second, long delayMillis) {
        String text = ",\"sequence\":" + sequence + ",\"timestamp_iso\":\"" + EventTime.of(second)
                + "\",\"delayed_ms\":" + delayMillis + "}";
        byte[] tail = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(head.length + tail.length)
                .put(head)
                .put(tail)
                .array();
    }
}
