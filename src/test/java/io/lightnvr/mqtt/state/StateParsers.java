package io.lightnvr.mqtt.state;

import io.lightnvr.mqtt.event.ClearTimes;
import io.lightnvr.mqtt.event.EventGroups;
import io.lightnvr.mqtt.event.Events;
import io.lightnvr.mqtt.fuzz.Parser;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The parser of the state that an earlier process has saved. */
public final class StateParsers {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private StateParsers() {}

    public static List<Parser> all() {
        return List.of(Parser.of("states in the store", input -> restore(new String(input, StandardCharsets.UTF_8)))
                .with(
                        "{\"last_label\":\"person\",\"last_second\":1795348800,\"labels\":{\"person\":{\"second\":1795348800,"
                                + "\"count\":1,\"until\":1795348830000}},\"zones\":{\"yard\":{\"second\":1795348800,"
                                + "\"count\":1,\"until\":1795348830000}},\"zone_groups\":{\"person\":{\"yard\":"
                                + "{\"second\":1795348800,\"count\":1,\"until\":1795348830000}}}}",
                        "{\"last_label\":\"\",\"labels\":{},\"zones\":{}}"));
    }

    private static void restore(String saved) {
        StreamStates states =
                new StreamStates(EventGroups.standard(), List.of("person"), ClearTimes.always(Duration.ofSeconds(30)));
        states.restore(Events.FRONT_DOOR, saved, NOON, 0);
        states.detected(Events.event(Events.SECOND, Events.inZone("person", 0.9f, "yard")), Duration.ZERO, 1);
        states.nextChange(1);
        states.all(1).values().forEach(StatePayload::bytes);
        states.save(Events.FRONT_DOOR, NOON, 1);
        states.changed(Duration.ofMinutes(1).toNanos());
    }
}
