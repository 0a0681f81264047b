package io.lightnvr.mqtt.it;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Retained messages of others, as many as are wanted, everywhere where the bridge has topics of its own or listens. */
final class ForeignTopics {

    private static final byte[] PAYLOAD = "{\"said\":\"by another\"}".getBytes(StandardCharsets.UTF_8);

    /** Each with a place for a number. */
    private static final List<String> PATTERNS = List.of(
            "lightnvr/availability/x%d",
            "lightnvr/state/x%d",
            "lightnvr/alerts/x%d",
            "lightnvr/alerts/x%d/set",
            "lightnvr/alerts/x%d/pause/set",
            "lightnvr/detections/x%d",
            "lightnvr/visits/x%d/last",
            "lightnvr/bridge/x%d",
            "homeassistant/device/x%d/config",
            "lightnvr/v1/status/x%d",
            "lightnvr/v1/events/x%d");

    private ForeignTopics() {}

    /** Has the broker keep them; returns when it does. */
    static void keep(Spammer spammer, int count) {
        for (int i = 0; i < count; i++) {
            spammer.keep(PATTERNS.get(i % PATTERNS.size()).formatted(i), PAYLOAD);
        }
        spammer.awaitTaken();
    }
}
