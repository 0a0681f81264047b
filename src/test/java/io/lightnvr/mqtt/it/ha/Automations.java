package io.lightnvr.mqtt.it.ha;

import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.it.Eventually;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The automations of a person, and how often each has run. */
public final class Automations {

    private final HomeAssistant homeAssistant;
    private final HomeAssistantProcess process;
    private final Map<String, Object> all = new LinkedHashMap<>();

    Automations(HomeAssistant homeAssistant, HomeAssistantProcess process) {
        this.homeAssistant = homeAssistant;
        this.process = process;
    }

    /** Adds an automation that only runs, to be counted. */
    public void add(String name, Map<String, ?> trigger) {
        add(name, trigger, List.of());
    }

    /**
     * Adds an automation.
     *
     * @param trigger as in Home Assistant's own files
     * @param actions likewise
     */
    public void add(String name, Map<String, ?> trigger, List<Map<String, ?>> actions) {
        addWhole(name, Map.of("triggers", List.of(trigger), "actions", actions));
    }

    /** Adds an automation as somebody wrote it. */
    public void addWhole(String name, Map<String, ?> automation) {
        Map<String, Object> named = new LinkedHashMap<>(automation);
        named.put("id", name);
        named.put("alias", name);
        all.put(name, named);
        process.write("automations/all.yaml", Json.write(all.values())); // JSON is YAML too
        homeAssistant.call("automation.reload", Map.of());
    }

    /** How often one has run since the test began. */
    public int runs(String name) {
        return homeAssistant.events().all(event -> event.isRunOf(name)).size();
    }

    /** Waits until one has run so often. */
    public void awaitRuns(String name, int times) {
        homeAssistant.events().await("runs of " + name, times, event -> event.isRunOf(name));
    }

    /** Waits until one has run so often, and all its runs are over. What they fired has been seen then. */
    public void awaitRunsEnded(String name, int times) {
        String entityId = "automation." + name.toLowerCase(Locale.ROOT).replace(' ', '_');
        awaitRuns(name, times);
        Eventually.isSo("the end of " + times + " runs of " + name, () -> {
            List<JsonNode> states = homeAssistant.events().all(event -> event.isChangeOf(entityId)).stream()
                    .map(event -> event.data().path("new_state").path("attributes"))
                    .toList();
            long begun = states.stream()
                    .map(attributes -> attributes.path("last_triggered").asText("null"))
                    .filter(at -> !at.equals("null"))
                    .distinct()
                    .count();
            return begun >= times && (states.isEmpty() || isIdle(states.get(states.size() - 1)));
        });
    }

    /** A run shows itself after Home Assistant has told that it is triggered: an idle automation alone proves nothing. */
    private static boolean isIdle(JsonNode attributes) {
        return attributes.path("current").asInt() == 0;
    }
}
