package io.lightnvr.mqtt.discovery;

import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.publish.TopicLayout;
import java.util.List;
import java.util.Optional;

/** The device of a stream: what it detects, read from its state topic. */
final class StreamDevice {

    private StreamDevice() {}

    static Device of(String instanceId, TopicLayout topics, StreamName stream) {
        return new Device(
                id(instanceId, stream),
                stream.toString(),
                "Camera stream",
                Optional.empty(),
                Optional.of(BridgeDevice.id(instanceId)),
                List.of(topics.availability(), topics.availability(stream)),
                List.of(detections(topics.state(stream)), person(topics.state(stream))));
    }

    /** The id of a stream's device; the word between keeps a stream of one instance apart from another instance. */
    static String id(String instanceId, StreamName stream) {
        return idPrefix(instanceId) + stream.key();
    }

    /** What the ids of all stream devices of an instance begin with. */
    static String idPrefix(String instanceId) {
        return instanceId + "_stream_";
    }

    private static Component detections(Topic state) {
        return Component.entity("detections", "sensor", "Detections", state)
                .showing("count", "0")
                .with("state_class", "measurement")
                .with("suggested_display_precision", 0)
                .with("icon", "mdi:motion-sensor");
    }

    private static Component person(Topic state) {
        return Component.entity("person", "binary_sensor", "Person", state)
                .showing("person", "'OFF'")
                .with("device_class", "occupancy");
    }
}
