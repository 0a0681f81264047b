package io.lightnvr.mqtt.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lightnvr.mqtt.json.JsonTree;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A discovery payload, and its differences to an older one. To remove a component, Home Assistant must be sent its platform
 * alone; a component that is only left out stays. Immutable.
 */
final class DevicePayload {

    private static final String COMPONENTS = "components";
    private static final String PLATFORM = "platform";

    private final ObjectNode json;

    private DevicePayload(ObjectNode json) {
        this.json = json;
    }

    /** Parses a payload; an empty or an invalid text, and components of another form, give one without components. */
    static DevicePayload of(String text) {
        try {
            if (JsonTree.read(text) instanceof ObjectNode object) {
                return new DevicePayload(object.path(COMPONENTS).isObject() ? object : object.without(COMPONENTS));
            }
        } catch (IOException e) {
            // As good as empty.
        }
        return new DevicePayload(JsonNodeFactory.instance.objectNode());
    }

    String text() {
        return JsonTree.text(json);
    }

    /** Whether the origin is this program, of any instance. */
    boolean isFromThisProgram() {
        return json.at("/origin/name").asText().equals(Origin.NAME);
    }

    /** The topics that the entities and the triggers read. */
    Set<String> topics() {
        Set<String> topics = new LinkedHashSet<>();
        topics.addAll(json.findValuesAsText("topic"));
        topics.addAll(json.findValuesAsText("state_topic"));
        topics.addAll(json.findValuesAsText("image_topic"));
        return topics;
    }

    /** Whether an older payload has components that this one lacks. */
    boolean drops(DevicePayload older) {
        return !older.missingIn(this).isEmpty();
    }

    /** This payload, removing the components of an older one that it lacks. */
    DevicePayload removing(DevicePayload older) {
        ObjectNode copy = json.deepCopy();
        older.missingIn(this)
                .forEach(id -> copy.withObjectProperty(COMPONENTS)
                        .putObject(id)
                        .put(PLATFORM, older.component(id).path(PLATFORM).asText()));
        return new DevicePayload(copy);
    }

    /** This payload with the components of an older one that it lacks. */
    DevicePayload with(DevicePayload older) {
        return keeping(older, id -> true);
    }

    /** This payload with some of the components of an older one that it lacks; the older one if this one is empty. */
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
