package io.lightnvr.mqtt.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lightnvr.mqtt.json.JsonTree;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The state of a stream as it is saved from one process to the next: JSON, with times in epoch milliseconds of the bridge's
 * clock.
 *
 * @param lastLabel the best label of the newest event; empty before the first
 * @param lastSecond the second of the newest event, on the recorder's clock; empty before the first
 * @param labels the labels that were present
 * @param zones the zones that were occupied
 * @param zoneGroups by group, the zones that something of it occupied
 */
record SavedState(
        String lastLabel,
        Optional<Long> lastSecond,
        Map<String, Item> labels,
        Map<String, Item> zones,
        Map<String, Map<String, Item>> zoneGroups) {

    private static final String ZONE_GROUPS = "zone_groups";

    /** A {@link Sighting}, until an instant of the bridge's clock. */
    record Item(long second, int count, Instant until) {}

    String text() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("last_label", lastLabel);
        lastSecond.ifPresent(second -> json.put("last_second", second));
        write(json.putObject("labels"), labels);
        write(json.putObject("zones"), zones);
        zoneGroups.forEach(
                (group, items) -> write(json.withObjectProperty(ZONE_GROUPS).putObject(group), items));
        return JsonTree.text(json);
    }

    /** Parses what {@link #text} gave; empty if the text is anything else. */
    static Optional<SavedState> parse(String text) {
        try {
            JsonNode json = JsonTree.read(text);
            Optional<Long> lastSecond =
                    Optional.ofNullable(json.get("last_second")).map(JsonNode::asLong);
            return json.isObject()
                    ? Optional.of(new SavedState(
                            json.path("last_label").asText(""),
                            lastSecond,
                            items(json.path("labels")),
                            items(json.path("zones")),
                            itemsByGroup(json.path(ZONE_GROUPS))))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void write(ObjectNode json, Map<String, Item> items) {
        items.forEach((name, item) -> json.putObject(name)
                .put("second", item.second())
                .put("count", item.count())
                .put("until", item.until().toEpochMilli()));
    }

    private static Map<String, Map<String, Item>> itemsByGroup(JsonNode json) {
        Map<String, Map<String, Item>> items = new LinkedHashMap<>();
        json.properties().forEach(entry -> items.put(entry.getKey(), items(entry.getValue())));
        return items;
    }

    private static Map<String, Item> items(JsonNode json) {
        Map<String, Item> items = new LinkedHashMap<>();
        json.properties()
                .forEach(entry -> items.put(
                        entry.getKey(),
                        new Item(
                                entry.getValue().path("second").asLong(),
                                entry.getValue().path("count").asInt(),
                                Instant.ofEpochMilli(
                                        entry.getValue().path("until").asLong()))));
        return items;
    }
}
