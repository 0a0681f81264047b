package io.lightnvr.mqtt.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a stream showed, as it is kept from one process to the next: JSON with times on our own clock in epoch
 * milliseconds.
 *
 * @param labels what was there, and until when it counts as being there
 * @param zones what zones something was in
 */
record StateMemory(String lastLabel, Optional<Long> lastSecond, Map<String, Kept> labels, Map<String, Kept> zones) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** See {@link Sighting}. */
    record Kept(long second, int count, Instant until) {}

    String text() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("last_label", lastLabel);
        lastSecond.ifPresent(second -> json.put("last_second", second));
        write(json.putObject("labels"), labels);
        write(json.putObject("zones"), zones);
        return json.toString();
    }

    /** What a text says; nothing where it makes no sense. */
    static Optional<StateMemory> read(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            Optional<Long> lastSecond =
                    Optional.ofNullable(json.get("last_second")).map(JsonNode::asLong);
            return json.isObject()
                    ? Optional.of(new StateMemory(
                            json.path("last_label").asText(""),
                            lastSecond,
                            kept(json.path("labels")),
                            kept(json.path("zones"))))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static void write(ObjectNode json, Map<String, Kept> kept) {
        kept.forEach((name, one) -> json.putObject(name)
                .put("second", one.second())
                .put("count", one.count())
                .put("until", one.until().toEpochMilli()));
    }

    private static Map<String, Kept> kept(JsonNode json) {
        Map<String, Kept> kept = new LinkedHashMap<>();
        json.properties()
                .forEach(entry -> kept.put(
                        entry.getKey(),
                        new Kept(
                                entry.getValue().path("second").asLong(),
                                entry.getValue().path("count").asInt(),
                                Instant.ofEpochMilli(
                                        entry.getValue().path("until").asLong()))));
        return kept;
    }
}
