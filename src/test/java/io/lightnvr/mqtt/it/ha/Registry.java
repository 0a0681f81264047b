package io.lightnvr.mqtt.it.ha;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What Home Assistant remembers of devices and entities, and what a person may change there. */
public final class Registry {

    private static final String PLATFORM = "mqtt";

    private final HomeAssistant homeAssistant;

    Registry(HomeAssistant homeAssistant) {
        this.homeAssistant = homeAssistant;
    }

    /** All devices. */
    public List<SeenDevice> devices() {
        return list("config/device_registry/list", Map.of()).map(SeenDevice::of).toList();
    }

    /** The device that was announced with this identifier. */
    public SeenDevice device(String identifier) {
        return devices().stream()
                .filter(device -> device.identifiers().contains(identifier))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No device " + identifier + " among " + devices()));
    }

    /** All entities that came by MQTT, by their ids. */
    public List<SeenEntity> entities() {
        List<String> ids = list("config/entity_registry/list", Map.of())
                .filter(entity -> entity.path("platform").asText().equals(PLATFORM))
                .map(entity -> entity.path("entity_id").asText())
                .sorted()
                .toList();
        JsonNode entries = homeAssistant.ask("config/entity_registry/get_entries", Map.of("entity_ids", ids));
        return ids.stream().map(id -> SeenEntity.of(entries.path(id))).toList();
    }

    /** One of them. */
    public SeenEntity entity(String entityId) {
        return entities().stream()
                .filter(entity -> entity.entityId().equals(entityId))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No entity " + entityId + " among " + entities()));
    }

    /** Those of a device. */
    public List<SeenEntity> entitiesOf(SeenDevice device) {
        return entities().stream()
                .filter(entity -> entity.deviceId().equals(device.id()))
                .toList();
    }

    /** What a person may choose as a trigger of this device, each as an automation would hold it. */
    public List<Map<String, Object>> triggers(SeenDevice device) {
        return list("device_automation/trigger/list", Map.of("device_id", device.id()))
                .filter(trigger -> trigger.path("domain").asText().equals(PLATFORM))
                .map(Json::map)
                .toList();
    }

    /** Gives an entity another id, as a person does. */
    public void rename(String entityId, String newEntityId) {
        change(entityId, Map.of("new_entity_id", newEntityId));
    }

    /**
     * Changes anything else of an entity.
     *
     * @param changes such as {@code name}, {@code area_id}, {@code icon}, {@code disabled_by}
     */
    public void change(String entityId, Map<String, ?> changes) {
        update("config/entity_registry/update", "entity_id", entityId, changes);
    }

    /**
     * Changes a device.
     *
     * @param changes such as {@code name_by_user}, {@code area_id}, {@code disabled_by}
     */
    public void change(SeenDevice device, Map<String, ?> changes) {
        update("config/device_registry/update", "device_id", device.id(), changes);
    }

    /** What Home Assistant wants to have repaired about MQTT, but for what it says before it has joined a broker. */
    List<String> issues() {
        JsonNode issues = homeAssistant.ask("repairs/list_issues", Map.of()).path("issues");
        return StreamSupport.stream(issues.spliterator(), false)
                .filter(issue -> issue.path("domain").asText().equals(PLATFORM))
                .filter(issue -> !issue.path("issue_id").asText().equals("yaml_setup_without_active_setup"))
                .map(JsonNode::toString)
                .toList();
    }

    /** Entities that say their device's name again. */
    List<String> repetitiveNames() {
        List<SeenDevice> devices = devices();
        return entities().stream()
                .filter(entity -> devices.stream().anyMatch(entity::repeatsNameOf))
                .map(SeenEntity::toString)
                .toList();
    }

    /** Makes an area; its id. */
    public String newArea(String name) {
        return homeAssistant
                .ask("config/area_registry/create", Map.of("name", name))
                .path("area_id")
                .asText();
    }

    private void update(String command, String key, String id, Map<String, ?> changes) {
        Map<String, Object> fields = new LinkedHashMap<>(changes);
        fields.put(key, id);
        homeAssistant.ask(command, fields);
    }

    private Stream<JsonNode> list(String command, Map<String, ?> fields) {
        return StreamSupport.stream(homeAssistant.ask(command, fields).spliterator(), false);
    }
}
