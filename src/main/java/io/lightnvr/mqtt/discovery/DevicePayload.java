package io.lightnvr.mqtt.discovery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A discovery payload, and what can be made of it and of an older one. To remove a component, Home Assistant must be sent
 * it with nothing but its platform; one that is only left out stays.
 */
final class DevicePayload {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COMPONENTS = "components";
    private static final String PLATFORM = "platform";

    private final ObjectNode json;

    private DevicePayload(ObjectNode json) {
        this.json = json;
    }

    /** Reads a payload; {@code ""} and what is none have no components. */
    static DevicePayload of(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            return new DevicePayload(json instanceof ObjectNode object ? object : JSON.createObjectNode());
        } catch (JsonProcessingException e) {
            return new DevicePayload(JSON.createObjectNode());
        }
    }

    String text() {
        return json.toString();
    }

    /** Whether an announcement is ours, by its origin's name. */
    boolean isOurs() {
        return json.at("/origin/name").asText().equals(Origin.NAME);
    }

    /** The topics that its entities read. */
    Set<String> topics() {
        Set<String> topics = new LinkedHashSet<>();
        json.findValues("availability").forEach(all -> topics.addAll(all.findValuesAsText("topic")));
        topics.addAll(json.findValuesAsText("state_topic"));
        topics.addAll(json.findValuesAsText("image_topic"));
        return topics;
    }

    /** Whether an older payload has components that this one has not. */
    boolean drops(DevicePayload older) {
        return !older.missingIn(this).isEmpty();
    }

    /** This one, which removes those components of an older one that it has not. */
    DevicePayload removing(DevicePayload older) {
        ObjectNode copy = json.deepCopy();
        older.missingIn(this)
                .forEach(id -> copy.withObjectProperty(COMPONENTS)
                        .putObject(id)
                        .put(PLATFORM, older.component(id).path(PLATFORM).asText()));
        return new DevicePayload(copy);
    }

    /** This one with those components of an older one that it has not. */
    DevicePayload with(DevicePayload older) {
        return keeping(older, id -> true);
    }

    /** This one with some of those components of an older one that it has not; an older one stands for nothing at all. */
    DevicePayload keeping(DevicePayload older, Predicate<String> which) {
        if (json.isEmpty()) {
            return older;
        }
        ObjectNode copy = json.deepCopy();
        older.missingIn(this).stream()
                .filter(which)
                .forEach(id -> copy.withObjectProperty(COMPONENTS).set(id, older.component(id)));
        return new DevicePayload(copy);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DevicePayload payload && payload.json.equals(json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    private Set<String> missingIn(DevicePayload other) {
        Set<String> missing = new LinkedHashSet<>();
        json.path(COMPONENTS).fieldNames().forEachRemaining(missing::add);
        other.json.path(COMPONENTS).fieldNames().forEachRemaining(missing::remove);
        return missing;
    }

    private JsonNode component(String id) {
        return json.path(COMPONENTS).path(id);
    }
}
