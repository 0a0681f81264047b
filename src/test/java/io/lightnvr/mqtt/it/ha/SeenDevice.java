package io.lightnvr.mqtt.it.ha;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A device as the registry has it; {@code ""} where it has nothing.
 *
 * @param id the registry's own
 * @param name what the person called it, else what it was announced as
 * @param identifiers what it was announced with
 * @param viaId the id of the device that it is reached through
 * @param areaId where the person put it
 */
public record SeenDevice(
        String id,
        String name,
        List<String> identifiers,
        String manufacturer,
        String model,
        String version,
        String viaId,
        String areaId) {

    /** Reads an entry of the registry. */
    static SeenDevice of(JsonNode json) {
        List<String> identifiers = new ArrayList<>();
        json.path("identifiers").forEach(pair -> identifiers.add(pair.path(1).asText()));
        return new SeenDevice(
                Json.text(json, "id"),
                Json.text(json, "name_by_user", "name"),
                List.copyOf(identifiers),
                Json.text(json, "manufacturer"),
                Json.text(json, "model"),
                Json.text(json, "sw_version"),
                Json.text(json, "via_device_id"),
                Json.text(json, "area_id"));
    }
}
