package io.lightnvr.mqtt.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lightnvr.mqtt.event.StreamName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A message on the documented topic, as a subscriber reads it.
 *
 * @param second of the detections, in epoch seconds
 * @param detections in the message's order
 */
public record ReceivedEvent(StreamName stream, long second, List<Seen> detections) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public ReceivedEvent {
        detections = List.copyOf(detections);
    }

    /**
     * One detection.
     *
     * @param zone {@code ""} for none
     */
    public record Seen(String label, double confidence, String zone) {}

    /** Reads a payload; empty if it is no event. */
    public static Optional<ReceivedEvent> read(byte[] payload) {
        try {
            return read(JSON.readTree(payload));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<ReceivedEvent> read(JsonNode event) {
        String stream = event.path("stream").asText();
        if (stream.isEmpty()
                || !event.path("timestamp").isIntegralNumber()
                || !event.path("detections").isArray()) {
            return Optional.empty();
        }
        List<Seen> seen = new ArrayList<>();
        event.path("detections").forEach(detection -> seen.add(seen(detection)));
        return Optional.of(new ReceivedEvent(
                new StreamName(stream), event.path("timestamp").asLong(), seen));
    }

    private static Seen seen(JsonNode detection) {
        return new Seen(
                detection.path("label").asText(),
                detection.path("confidence").asDouble(),
                detection.path("zone_id").asText());
    }
}
