package io.lightnvr.mqtt.discovery;

import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.publish.Availability;
import io.lightnvr.mqtt.publish.TopicLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The device of the bridge itself, with its counts and connections. */
final class BridgeDevice {

    static final String STORAGE = "storage";

    private static final String USUAL_PREFIX = "lightnvr";

    private BridgeDevice() {}

    /** @param recorder its name, if a person has given it one */
    static Device of(String instanceId, TopicLayout topics, String version, Optional<String> recorder) {
        Topic state = topics.bridgeState();
        return new Device(
                id(instanceId),
                recorder.map(BridgeDevice::named).orElseGet(() -> name(topics.prefix())),
                "MQTT bridge",
                Optional.of(version),
                Optional.empty(),
                Optional.empty(),
                List.of(topics.availability()),
                List.of(
                        connection(topics),
                        sensor("version", "Version", "mdi:tag", state).showing(Template.text("version", "'unknown'")),
                        recorder(state),
                        count("streams", "Streams", "mdi:cctv", state).with("state_class", "measurement"),
                        count("waiting", "Waiting events", "mdi:tray-full", state)
                                .with("state_class", "measurement"),
                        time("oldest_waiting", "Oldest waiting", state),
                        count("published", "Events published", "mdi:tray-arrow-up", state)
                                .with("state_class", "total_increasing"),
                        count("missed", "Events missed", "mdi:tray-remove", state)
                                .with("state_class", "total_increasing"),
                        sensor("last_error", "Last error", "mdi:alert-circle-outline", state)
                                .showing(Template.text("last_error", "'none'")),
                        time("started", "Started", state),
                        announce(topics)));
    }

    /** The same with a sensor of how full the recorder's storage is. */
    static Device withStorage(String instanceId, TopicLayout topics, String version, Optional<String> recorder) {
        Device bridge = of(instanceId, topics, version, recorder);
        List<Component> components = new ArrayList<>(bridge.components());
        components.add(sensor(STORAGE, "Recorder storage", "mdi:harddisk", topics.recorderStorage())
                .with("device_class", "enum")
                .with("options", List.of("ok", "warning", "critical", "emergency")));
        return bridge.with(components);
    }

    static String id(String instanceId) {
        return instanceId + "_bridge";
    }

    /** Several bridges may share a broker; their names differ by the topic prefix. */
    private static String name(String prefix) {
        return prefix.equals(USUAL_PREFIX) ? Origin.NAME : named(prefix);
    }

    private static String named(String name) {
        return Origin.NAME + " (" + name + ")";
    }

    /** It shows the availability, so it must stay available without it. */
    private static Component connection(TopicLayout topics) {
        return Component.entity("connection", "binary_sensor", "Connection", topics.availability())
                .with("payload_on", Availability.ONLINE)
                .with("payload_off", Availability.OFFLINE)
                .with("device_class", "connectivity")
                .diagnostic()
                .availableBy(List.of());
    }

    private static Component recorder(Topic state) {
        return Component.entity("recorder", "binary_sensor", "Recorder connection", state)
                .showing(Template.value("recorder", "'offline'"))
                .with("payload_on", Availability.ONLINE)
                .with("payload_off", Availability.OFFLINE)
                .with("device_class", "connectivity")
                .diagnostic();
    }

    private static Component sensor(String id, String name, String icon, Topic state) {
        return Component.entity(id, "sensor", name, state).with("icon", icon).diagnostic();
    }

    private static Component count(String key, String name, String icon, Topic state) {
        return sensor(key, name, icon, state).showing(Template.value(key, "0")).with("suggested_display_precision", 0);
    }

    private static Component time(String key, String name, Topic state) {
        return Component.entity(key, "sensor", name, state)
                .showing(Template.known(key))
                .with("device_class", "timestamp")
                .diagnostic();
    }

    private static Component announce(TopicLayout topics) {
        return Component.entity("announce", "button", "Re-announce")
                .with("command_topic", topics.announce().name())
                .with("icon", "mdi:bullhorn")
                .with("entity_category", "config")
                .with("qos", 1);
    }
}
