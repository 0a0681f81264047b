package io.lightnvr.mqtt.it.ha;

import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.it.Arrivals;
import io.lightnvr.mqtt.it.Eventually;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** What all entities show now, and what they came to show one after the other, as Home Assistant tells it. Thread-safe. */
final class States {

    private final Map<String, SeenState> now = new ConcurrentHashMap<>();
    /** What each came to show since the test began, in order, over all restarts. */
    private final Map<String, List<SeenState>> changes = new ConcurrentHashMap<>();

    /** How many of them lie before what is awaited next. */
    private final Map<String, Integer> awaited = new HashMap<>();

    /** Takes over all of them; a change that was heard before is at least as new. */
    void begin(JsonNode all) {
        all.forEach(json -> now.putIfAbsent(json.path("entity_id").asText(), SeenState.of(json)));
    }

    /** Takes over a change; an entity without a state is gone. */
    void change(SeenEvent event) {
        String entityId = event.data().path("entity_id").asText();
        JsonNode json = event.data().path("new_state");
        if (json.isObject()) {
            SeenState state = SeenState.of(json);
            now.put(entityId, state);
            changes.computeIfAbsent(entityId, id -> new CopyOnWriteArrayList<>())
                    .add(state);
        } else {
            now.remove(entityId);
        }
    }

    /** Waits until an entity has come to show this, later than what was last awaited of it so. For one thread. */
    void awaitChange(String entityId, String state) {
        int from = awaited.getOrDefault(entityId, 0);
        AtomicInteger next = new AtomicInteger(from);
        if (!Eventually.within(Arrivals.PATIENCE, () -> isAmong(changes(entityId), next, state))) {
            throw new AssertionError("Waited for %s to become %s; it became %s"
                    .formatted(
                            entityId,
                            state,
                            changes(entityId).stream().skip(from).toList()));
        }
        awaited.put(entityId, next.get());
    }

    /** Looks at those that nobody has looked at yet, up to the first that is the one. */
    private static boolean isAmong(List<SeenState> changes, AtomicInteger next, String state) {
        while (next.get() < changes.size()) {
            if (changes.get(next.getAndIncrement()).state().equals(state)) {
                return true;
            }
        }
        return false;
    }

    private List<SeenState> changes(String entityId) {
        return changes.getOrDefault(entityId, List.of());
    }

    /** Nothing is known any more of what they show now. */
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
