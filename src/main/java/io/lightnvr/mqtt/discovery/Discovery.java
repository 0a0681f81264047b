package io.lightnvr.mqtt.discovery;

import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.publish.TopicLayout;
import java.nio.charset.StandardCharsets;

/**
 * The messages that announce our devices to Home Assistant.
 *
 * @param discoveryPrefix what discovery topics begin with, usually {@code homeassistant}
 * @param instanceId what our ids begin with: {@code [a-zA-Z0-9_-]+}
 * @param topics where the entities find their values
 * @param version our version
 */
public record Discovery(String discoveryPrefix, String instanceId, TopicLayout topics, String version) {

    private static final String END = "/config";

    public Discovery {
        if (!instanceId.matches("[a-zA-Z0-9_-]+")) {
            throw new IllegalArgumentException("Instance id [%s] must match [a-zA-Z0-9_-]+".formatted(instanceId));
        }
    }

    /** Announces the bridge; before any stream, since their devices refer to it. */
    public Message bridge() {
        return announcement(BridgeDevice.of(instanceId, topics, version));
    }

    /** Announces a stream. */
    public Message stream(StreamName stream) {
        return announcement(StreamDevice.of(instanceId, topics, stream));
    }

    /** Whether a discovery topic is one of ours. */
    public boolean owns(String topic) {
        return topic.equals(topic(BridgeDevice.id(instanceId)).name())
                || topic.startsWith(folder() + StreamDevice.idPrefix(instanceId)) && topic.endsWith(END);
    }

    private Message announcement(Device device) {
        String json = device.json(new Origin(version)).toString();
        return Message.retainedJson(topic(device.id()), json.getBytes(StandardCharsets.UTF_8));
    }

    private Topic topic(String deviceId) {
        return new Topic(folder() + deviceId + END);
    }

    private String folder() {
        return discoveryPrefix + "/device/";
    }
}
