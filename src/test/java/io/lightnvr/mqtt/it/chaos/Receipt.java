package io.lightnvr.mqtt.it.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A message as an ear wrote it down.
 *
 * @param at when, in epoch milliseconds
 * @param dup whether the broker said that it may have come before
 * @param retained whether the broker had kept it
 * @param properties its user properties
 */
record Receipt(
        long at, String topic, String payload, int qos, boolean dup, boolean retained, Map<String, String> properties) {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final String DETECTIONS = "/detections/";
    private static final String EVENTS = "/events/";

    Receipt {
        properties = Map.copyOf(properties);
    }

    /** Reads a message that an ear wrote as JSON. */
    static Receipt of(JsonNode json) {
        Map<String, String> properties = new LinkedHashMap<>();
        json.path("properties")
                .forEach(pair ->
                        properties.put(pair.path(0).asText(), pair.path(1).asText()));
        return new Receipt(
                json.path("at").asLong(),
                json.path("topic").asText(),
                json.path("payload").asText(),
                json.path("qos").asInt(),
                json.path("dup").asBoolean(),
                json.path("retained").asBoolean(),
                properties);
    }

    /** Whether it is an event, as documented. */
    boolean isDetection() {
        return topic.contains(DETECTIONS);
    }

    /** Whether it is an event in our own, enriched form. */
    boolean isEnriched() {
        return topic.contains(EVENTS);
    }

    String eventId() {
        return properties.getOrDefault("event_id", "");
    }

    /** Its place in its stream; -1 where it does not say. */
    long sequence() {
        return Long.parseLong(properties.getOrDefault("sequence", "-1"));
    }

    /** The raw name of its stream. */
    String stream() {
        return json().path("stream").asText();
    }

    JsonNode json() {
        try {
            return JSON.readTree(payload);
        } catch (JsonProcessingException e) {
            throw new AssertionError(topic + " holds no JSON: " + payload, e);
        }
    }
}
