package io.lightnvr.mqtt.discovery;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.json.JsonTree;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A component of a device: an entity or a trigger.
 *
 * @param id unique within its device: lower-case letters, digits and {@code _}
 * @param platform Home Assistant's word for its kind, such as {@code sensor}
 * @param options Home Assistant's options, in this order: texts, numbers, lists and maps
 */
record Component(String id, String platform, Map<String, Object> options) {

    private static final int QOS = 1;

    Component {
        if (!id.matches("[a-z0-9_]+")) {
            throw new IllegalArgumentException("Component id [%s] must match [a-z0-9_]+".formatted(id));
        }
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /** An entity that shows the payload of a topic. */
    static Component entity(String id, String platform, String name, Topic state) {
        return entity(id, platform, name).with("state_topic", state.name()).with("qos", QOS);
    }

    /** An entity. */
    static Component entity(String id, String platform, String name) {
        return new Component(id, platform, Map.of()).with("name", name);
    }

    /** A trigger of automations, without an entity; it fires if its template renders {@code payload}. */
    static Component trigger(String id, String type, String subtype, Topic topic, String payload) {
        return new Component(id, "device_automation", Map.of())
                .with("automation_type", "trigger")
                .with("type", type)
                .with("subtype", subtype)
                .with("topic", topic.name())
                .with("payload", payload)
                .with("qos", QOS);
    }

    /** This component with a {@link Template} of its topic's payload. */
    Component showing(String template) {
        return with("value_template", template);
    }

    /** This component with another option. */
    Component with(String option, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(options);
        more.put(option, value);
        return new Component(id, platform, more);
    }

    /** This component as a diagnostic one, which is about the device itself. */
    Component diagnostic() {
        return with("entity_category", "diagnostic");
    }

    /** This component, available by these topics and not by those of its device. */
    Component availableBy(List<Topic> topics) {
        return with(
                "availability",
                topics.stream().map(topic -> Map.of("topic", topic.name())).toList());
    }

    /** The JSON within a device. The last {@code -} of a unique id ends the device's part, so that no two are equal. */
    ObjectNode json(String deviceId) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("platform", platform);
        json.put("unique_id", deviceId + "-" + id);
        options.forEach((option, value) -> json.set(option, JsonTree.of(value)));
        return json;
    }
}
