package io.lightnvr.mqtt.discovery;

import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.event.EventGroups;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.event.Zone;
import io.lightnvr.mqtt.publish.TopicLayout;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What Home Assistant is to know of our devices.
 *
 * @param discoveryPrefix what discovery topics begin with, usually {@code homeassistant}
 * @param instanceId what our ids begin with: {@code [a-zA-Z0-9_-]+}
 * @param topics where the entities find their values
 * @param version our version
 * @param groups what is looked for in each stream
 * @param freshFor how late an event may be to count as happening now
 */
public record Discovery(
        String discoveryPrefix,
        String instanceId,
        TopicLayout topics,
        String version,
        EventGroups groups,
        Duration freshFor) {

    private static final String END = "/config";

    /** What is known of the pictures of a stream. */
    public enum Pictures {
        /** Nobody wants them. */
        UNWANTED,
        /** None has come yet. */
        UNKNOWN,
        /** The recorder gives them. */
        THERE
    }

    public Discovery {
        if (!instanceId.matches("[a-zA-Z0-9_-]+")) {
            throw new IllegalArgumentException("Instance id [%s] must match [a-zA-Z0-9_-]+".formatted(instanceId));
        }
    }

    /** Announces the bridge; before any stream, since their devices refer to it. */
    public Announcement bridge() {
        return announcement(BridgeDevice.of(instanceId, topics, version), component -> false);
    }

    /**
     * Announces a stream.
     *
     * @param zones absent where they are not known
     */
    public Announcement stream(StreamName stream, Optional<List<Zone>> zones, Pictures pictures) {
        Device device = new StreamDevice(instanceId, topics, groups, freshFor)
                .of(stream, zones.orElse(List.of()), pictures == Pictures.THERE);
        Predicate<String> keptZones = id -> zones.isEmpty() && id.startsWith(StreamDevice.ZONE);
        Predicate<String> keptImage = id -> pictures == Pictures.UNKNOWN && id.equals(StreamDevice.IMAGE);
        return announcement(device, keptZones.or(keptImage));
    }

    /** Where the bridge is announced. */
    public Topic bridgeTopic() {
        return topic(BridgeDevice.id(instanceId));
    }

    /** Where a stream is announced. */
    public Topic streamTopic(StreamName stream) {
        return topic(StreamDevice.id(instanceId, stream));
    }

    /** Where nothing is ever announced: an empty message there tells whether anybody listens. Home Assistant ignores it. */
    public Topic probeTopic() {
        return topic(instanceId + "_check");
    }

    /** A filter of the topics of all announcements of devices, ours and others'. */
    public String allDevices() {
        return folder() + "+" + END;
    }

    /** Whether a discovery topic is one of ours. */
    public boolean owns(String topic) {
        return topic.equals(bridgeTopic().name())
                || topic.startsWith(folder() + StreamDevice.idPrefix(instanceId)) && topic.endsWith(END);
    }

    /** Whether an announcement is one of ours, by its topic, by who made it, and by what it reads. */
    public boolean owns(String topic, String payload) {
        DevicePayload device = DevicePayload.of(payload);
        return owns(topic) && device.isOurs() && device.topics().stream().anyMatch(topics::owns);
    }

    /** Whether something that came on the bridge's topic was not said by us, since it reads other topics. */
    public boolean isOfAnother(String payload) {
        return DevicePayload.of(payload).topics().stream().anyMatch(topic -> !topics.owns(topic));
    }

    private Announcement announcement(Device device, Predicate<String> keeps) {
        return new Announcement(
                topic(device.id()), device.json(new Origin(version)).toString(), keeps);
    }

    private Topic topic(String deviceId) {
        return new Topic(folder() + deviceId + END);
    }

    private String folder() {
        return discoveryPrefix + "/device/";
    }
}
