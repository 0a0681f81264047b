package io.lightnvr.mqtt.discovery;

import io.lightnvr.mqtt.publish.TopicLayout;
import java.util.List;
import java.util.Optional;

/** The device of the bridge itself: how it is. */
final class BridgeDevice {

    private static final String USUAL_PREFIX = "lightnvr";

    private BridgeDevice() {}

    static Device of(String instanceId, TopicLayout topics, String version) {
        return new Device(
                id(instanceId),
                name(topics.prefix()),
                "MQTT bridge",
                Optional.of(version),
                Optional.empty(),
                List.of(topics.availability()),
                List.of(connection(topics), version(topics)));
    }

    static String id(String instanceId) {
        return instanceId + "_bridge";
    }

    /** Bridges share a broker, so one with a prefix of its own is told apart by it. */
    private static String name(String prefix) {
        return prefix.equals(USUAL_PREFIX) ? Origin.NAME : Origin.NAME + " (" + prefix + ")";
    }

    /** Shows the availability, so it must not become unavailable by it. */
    private static Component connection(TopicLayout topics) {
        return Component.entity("connection", "binary_sensor", "Connection", topics.availability())
                .with("payload_on", "online")
                .with("payload_off", "offline")
                .with("device_class", "connectivity")
                .diagnostic()
                .alwaysAvailable();
    }

    private static Component version(TopicLayout topics) {
        return Component.entity("version", "sensor", "Version", topics.bridgeState())
                .showing("version", "'unknown'")
                .with("icon", "mdi:tag")
                .diagnostic();
    }
}
