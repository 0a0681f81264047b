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
 * @param id unique, also part of the discovery topic: {@code [a-zA-Z0-9_-]+}
 * @param name the name that people see
 * @param model the kind of device
 * @param version the version of its software, if it has one
 * @param page the address of its page for people, if there is one
 * @param via the id of the device through which it is reached, if there is one; that device is announced first
 * @param availability the topics that must all be {@code online} for its entities to be available
 * @param components entities and triggers
 */
record Device(
        String id,
        String name,
        String model,
        Optional<String> version,
        Optional<String> page,
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

    /** This device with other components. */
    Device with(List<Component> others) {
        return new Device(id, name, model, version, page, via, availability, others);
    }

    /** The discovery payload. Home Assistant rejects all of it for one unknown key outside a component. */
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
        page.ifPresent(url -> json.put("configuration_url", url));
        via.ifPresent(device -> json.put("via_device", device));
    }
}
