package io.lightnvr.mqtt.it.ha;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An event of Home Assistant's bus.
 *
 * @param type such as {@code state_changed}, {@code automation_triggered}, or what an automation of the test fires
 */
public record SeenEvent(String type, JsonNode data) {

    static SeenEvent of(JsonNode json) {
        return new SeenEvent(json.path("event_type").asText(), json.path("data"));
    }

    /** Whether it tells that an automation runs. */
    boolean isRunOf(String automation) {
        return type.equals("automation_triggered") && data.path("name").asText().equals(automation);
    }
}
