package io.lightnvr.mqtt.publish;

import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.Qos;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.StreamName;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An event that is rendered but for its sequence and its delay. Bytes and scalars, cheap to keep in a store.
 *
 * @param second when it was detected, on the recorder's clock, in epoch seconds
 * @param eventId 32 hex digits
 * @param sendableSince when it could first have been sent, by the clock by which events grow old
 * @param documented the payload of the documented topic; must not be changed
 * @param enrichedHead the enriched payload up to and including its event id; must not be changed
 */
public record RenderedEvent(
        StreamName stream, long second, String eventId, Instant sendableSince, byte[] documented, byte[] enrichedHead)
        implements Rendered {

    /**
     * The messages of this event: the documented one, then the enriched one, which is never retained.
     *
     * @param retain whether the documented one is retained
     * @param sequence the place in the order of sending of the stream, from 1 up; 0 for a test event outside of the order
     * @param expiry when the broker may drop the messages, counted from now; a retained message never expires
     * @param now by the clock of {@code sendableSince}
     */
    public List<Message> messages(
            TopicLayout topics, Qos qos, boolean retain, long sequence, Optional<Duration> expiry, Instant now) {
        if (sequence < 0) {
            throw new IllegalArgumentException("A sequence must not be negative: " + sequence);
        }
        Delay delay = Delay.of(sendableSince, now);
        Map<String, String> properties = properties(sequence, delay);
        byte[] enriched = EnrichedPayload.complete(enrichedHead, sequence, second, delay.millis());
        return List.of(
                Message.json(topics.detections(stream), documented, qos, retain, properties, expiry),
                Message.json(topics.events(stream), enriched, qos, false, properties, expiry));
    }

    @Override
    public int size() {
        return documented.length + enrichedHead.length;
    }

    /** The event that was rendered, without its occurrences; empty if the payload is damaged. */
    public Optional<DetectionEvent> event() {
        return DetectionPayload.read(documented, stream, second, sendableSince);
    }

    private Map<String, String> properties(long sequence, Delay delay) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("event_id", eventId);
        properties.put("sequence", Long.toString(sequence));
        properties.putAll(delay.properties());
        return properties;
    }
}
