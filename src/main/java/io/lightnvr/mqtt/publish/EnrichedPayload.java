package io.lightnvr.mqtt.publish;

import io.lightnvr.mqtt.event.EventSummary;
import io.lightnvr.mqtt.event.EventTime;
import java.util.Map;

/**
 * Writes the JSON of an enriched event in two pieces: the head when the event is found, and the tail, with sequence and
 * delay, when it is sent.
 */
final class EnrichedPayload {

    private EnrichedPayload() {}

    /** Everything up to and including {@code "event_id":"..."}. */
    static byte[] head(EventSummary summary, String eventId) {
        return CompactJson.head(json -> {
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
    }

    /**
     * The whole payload.
     *
     * @param delayMillis how late the event goes out ({@link RenderedEvent#messages})
     */
    static byte[] complete(byte[] head, long sequence, long second, long delayMillis) {
        String tail = ",\"sequence\":" + sequence + ",\"timestamp_iso\":\"" + EventTime.of(second)
                + "\",\"delayed_ms\":" + delayMillis;
        return CompactJson.completed(head, tail);
    }
}
