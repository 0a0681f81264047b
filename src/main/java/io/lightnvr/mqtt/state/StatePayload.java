package io.lightnvr.mqtt.state;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lightnvr.mqtt.event.EventGroups;
import io.lightnvr.mqtt.json.JsonTree;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/**
 * Writes the JSON of a stream's state topic: compact, every field always present and always in the same place, but for {@code
 * zone_groups}, which is there only where something is to be shown in it.
 */
public final class StatePayload {

    private StatePayload() {}

    /** The payload for a view. */
    public static byte[] bytes(StreamView view) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("count", view.count());
        view.labels().forEach(json.putObject("labels")::put);
        putAll(json.putObject("groups"), view.groups());
        json.put("person", onOff(view.groups().getOrDefault(EventGroups.PERSON, false)));
        putAll(json.putObject("zones"), view.zones());
        view.zoneGroups()
                .forEach((zone, groups) ->
                        putAll(json.withObjectProperty("zone_groups").putObject(zone), groups));
        json.put("last_label", view.lastLabel());
        json.put("last_detection", view.lastDetection().map(Instant::toString).orElse(null));
        return JsonTree.text(json).getBytes(StandardCharsets.UTF_8);
    }

    private static void putAll(ObjectNode json, Map<String, Boolean> switches) {
        switches.forEach((name, on) -> json.put(name, onOff(on)));
    }

    private static String onOff(boolean on) {
        return on ? "ON" : "OFF";
    }
}
