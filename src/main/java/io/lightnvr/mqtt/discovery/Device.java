package io.lightnvr.mqtt.discovery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lightnvr.mqtt.broker.Topic;
import java.util.List;
import java.util.Optional;

/**
 * A device of Home Assistant.
 *
 * @param id what it is known by, also in its discovery topic: {@code [a-zA-Z0-9_-]+}
 * @param name what people see
 * @param model what kind of device it is
 * @param version the version of its software, where it has one
 * @param via the id of the device that it is reached through, where there is one; that one is announced first
 * @param availability the topics that must all say {@code online} for its entities to be available
 * @param components its parts
 */
record Device(
        String id,
        String name,
        String model,
        Optional<String> version,
        Optional<String> via,
        List<Topic> availability,
        List<Component> components) {

    private static final String MANUFACTURER = "LightNVR";

    Device {
        if (!id.matches("[a-zA-Z0-9_-]+")) {
            throw new IllegalArgumentException("Device id [%s] must match [a-zA-Z0-9_-]+".formatted(id));
        }
        availability = List.copyOf(availability);
        components = List.copyOf(components);
    }

    /** Its discovery payload. Home Assistant rejects the whole of it for one unknown key outside a component. */
    ObjectNode json(Origin origin) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        describe(json.putObject("device"));
        origin.describe(json.putObject("origin"));
        ArrayNode topics = json.putArray("availability");
        availability.forEach(topic -> topics.addObject().put("topic", topic.name()));
        json.put("availability_mode", "all");
        ObjectNode parts = json.putObject("components");
        components.forEach(component -> parts.set(component.id(), component.json(id)));
        return json;
    }

    private void describe(ObjectNode json) {
        json.putArray("identifiers").add(id);
        json.put("name", name);
        json.put("manufacturer", MANUFACTURER);
        json.put("model", model);
        version.ifPresent(text -> json.put("sw_version", text));
        via.ifPresent(device -> json.put("via_device", device));
    }
}
