package io.lightnvr.mqtt.it.ha;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What all entities show now, as Home Assistant tells it. Thread-safe. */
final class States {

    private final Map<String, SeenState> now = new ConcurrentHashMap<>();

    /** Takes over all of them; a change that was heard before is at least as new. */
    void begin(JsonNode all) {
        all.forEach(json -> now.putIfAbsent(json.path("entity_id").asText(), SeenState.of(json)));
    }

    /** Takes over a change; an entity without a state is gone. */
    void change(SeenEvent event) {
        String entityId = event.data().path("entity_id").asText();
        JsonNode state = event.data().path("new_state");
        if (state.isObject()) {
            now.put(entityId, SeenState.of(state));
        } else {
            now.remove(entityId);
        }
    }

    /** Nothing is known any more. */
    void forget() {
        now.clear();
    }

    Optional<SeenState> of(String entityId) {
        return Optional.ofNullable(now.get(entityId));
    }

    List<SeenState> all() {
        return now.values().stream()
                .sorted((a, b) -> a.entityId().compareTo(b.entityId()))
                .toList();
    }
}
