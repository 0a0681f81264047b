package io.lightnvr.mqtt.it.ha;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An event of Home Assistant's bus.
 *
 * @param type such as {@code state_changed}, {@code automation_triggered}, or what an automation of the test fires
 * @param firedAt ISO 8601
 */
public record SeenEvent(String type, JsonNode data, String firedAt) {

    static SeenEvent of(JsonNode json) {
        return new SeenEvent(
                json.path("event_type").asText(),
                json.path("data"),
                json.path("time_fired").asText());
    }

    /** Whether it tells that an automation runs. */
    boolean isRunOf(String automation) {
        return type.equals("automation_triggered") && data.path("name").asText().equals(automation);
    }

    /** Whether it tells of another state of an entity, or of other attributes. */
    boolean isChangeOf(String entityId) {
        return type.equals("state_changed") && data.path("entity_id").asText().equals(entityId);
    }
}
