package io.lightnvr.mqtt.it.ha;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/**
 * An entity as the registry has it; {@code ""} where it has nothing.
 *
 * @param name what the person called it, else what it was announced as, without its device's name
 * @param disabledBy who has disabled it, such as {@code user} or {@code integration}
 * @param category such as {@code diagnostic}
 * @param areaId where the person put it, when not where its device is
 */
public record SeenEntity(
        String entityId,
        String uniqueId,
        String name,
        String disabledBy,
        String category,
        String deviceClass,
        String icon,
        String deviceId,
        String areaId) {

    boolean repeatsNameOf(SeenDevice device) {
        return deviceId.equals(device.id())
                && (name + " ").toLowerCase(Locale.ROOT).startsWith((device.name() + " ").toLowerCase(Locale.ROOT));
    }

    /** Reads an extended entry of the registry. */
    static SeenEntity of(JsonNode json) {
        return new SeenEntity(
                Json.text(json, "entity_id"),
                Json.text(json, "unique_id"),
                Json.text(json, "name", "original_name"),
                Json.text(json, "disabled_by"),
                Json.text(json, "entity_category"),
                Json.text(json, "device_class", "original_device_class"),
                Json.text(json, "icon", "original_icon"),
                Json.text(json, "device_id"),
                Json.text(json, "area_id"));
    }
}
