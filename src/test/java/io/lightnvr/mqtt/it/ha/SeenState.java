package io.lightnvr.mqtt.it.ha;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * What an entity shows.
 *
 * @param state as automations see it, such as {@code on} or {@code unknown}
 * @param changed when the state became this one
 */
public record SeenState(String entityId, String state, JsonNode attributes, Instant changed) {

    /** Reads Home Assistant's JSON of a state. */
    static SeenState of(JsonNode json) {
        return new SeenState(
                json.path("entity_id").asText(),
                json.path("state").asText(),
                json.path("attributes"),
                OffsetDateTime.parse(json.path("last_changed").asText()).toInstant());
    }

    /** An attribute as text, {@code ""} where there is none. */
    public String attribute(String name) {
        return attributes.path(name).asText();
    }

    /** Whether its device says that it is there; what it shows may be unknown. */
    public boolean isAvailable() {
        return !state.equals("unavailable");
    }

    /** Whether it is there and known. */
    public boolean isKnown() {
        return !state.equals("unknown") && !state.equals("unavailable");
    }

    @Override
    public String toString() {
        return entityId + " = " + state + " " + attributes;
    }
}
