package io.lightnvr.mqtt.it.ha;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a person may have set before the bridge comes.
 *
 * @param mqtt what differs from the defaults in the options of the MQTT integration
 * @param mqttYaml entities that the person wrote into the file, as YAML or JSON: a list
 * @param yaml what else the person wrote into {@code configuration.yaml}
 */
public record HomeAssistantOptions(Map<String, Object> mqtt, String mqttYaml, String yaml) {

    public HomeAssistantOptions {
        mqtt = Map.copyOf(mqtt);
    }

    /** As it is after joining a broker. */
    public static HomeAssistantOptions standard() {
        return new HomeAssistantOptions(Map.of(), "[]", "");
    }

    /** Where it says that it has started. */
    public HomeAssistantOptions birthTopic(String topic) {
        return with("birth_topic", topic);
    }

    /** What the discovery topics begin with; the birth topic stays where it is. */
    public HomeAssistantOptions discoveryPrefix(String prefix) {
        return with("discovery_prefix", prefix);
    }

    public HomeAssistantOptions mqttYaml(String entities) {
        return new HomeAssistantOptions(mqtt, entities, yaml);
    }

    /** More of what is loaded, such as persons. */
    public HomeAssistantOptions yaml(String more) {
        return new HomeAssistantOptions(mqtt, mqttYaml, more);
    }

    private HomeAssistantOptions with(String key, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(mqtt);
        more.put(key, value);
        return new HomeAssistantOptions(more, mqttYaml, yaml);
    }
}
