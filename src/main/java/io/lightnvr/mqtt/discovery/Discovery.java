package io.lightnvr.mqtt.discovery;

import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.event.EventGroups;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.event.Zone;
import io.lightnvr.mqtt.json.JsonTree;
import io.lightnvr.mqtt.publish.TopicLayout;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Makes the announcements of the bridge and of the streams, and tells its own from those of others.
 *
 * @param discoveryPrefix the beginning of discovery topics, usually {@code homeassistant}
 * @param instanceId the beginning of all ids: {@code [a-zA-Z0-9_-]+}
 * @param recorder the recorder's name, if a person has given it one
 * @param topics the topics that the entities read
 * @param version the version of the bridge
 * @param groups each stream has entities for each of them
 * @param zoneGroups those of the groups that have an entity in each zone
 * @param freshFor by how much an event may be delayed and still fire triggers
 * @param visits whether streams have entities of their visits
 * @param controls whether streams have entities by which the recorder is told what to do
 * @param pages the recorder's page of a stream, if people can open it
 */
public record Discovery(
        String discoveryPrefix,
        String instanceId,
        Optional<String> recorder,
        TopicLayout topics,
        String version,
        EventGroups groups,
        List<String> zoneGroups,
        Duration freshFor,
        boolean visits,
        boolean controls,
        Function<StreamName, Optional<String>> pages) {

    private static final String END = "/config";

    /** Whether a stream has an entity for pictures of a kind. */
    public enum ImageSupport {
        /** Pictures are not wanted. */
        UNWANTED,
        /** No picture has come yet. */
        UNKNOWN,
        /** The recorder gives pictures. */
        AVAILABLE
    }

    public Discovery {
        if (!instanceId.matches("[a-zA-Z0-9_-]+")) {
            throw new IllegalArgumentException("Instance id [%s] must match [a-zA-Z0-9_-]+".formatted(instanceId));
        }
    }

    /** The announcement of the bridge; it comes before any stream, since their devices refer to it. */
    public Announcement bridge() {
        return announcement(BridgeDevice.of(instanceId, topics, version, recorder), BridgeDevice.STORAGE::equals);
    }

    /** The same of a bridge whose recorder tells how full its storage is; {@link #bridge} keeps that sensor. */
    public Announcement bridgeWithStorage() {
        return announcement(BridgeDevice.withStorage(instanceId, topics, version, recorder), component -> false);
    }

    /**
     * The announcement of a stream.
     *
     * @param zones empty if they are not known
     * @param images pictures of detections
     * @param snapshots stills
     */
    public Announcement stream(
            StreamName stream, Optional<List<Zone>> zones, ImageSupport images, ImageSupport snapshots) {
        return stream(stream, stream, zones, images, snapshots, ControlSupport.NONE);
    }

    /**
     * The announcement of a stream that was renamed.
     *
     * @param firstName by which its device and its entities are known
     * @param support what was ever controlled of it; what an earlier announcement has beside that stays while controls are wanted
     */
    public Announcement stream(
            StreamName stream,
            StreamName firstName,
            Optional<List<Zone>> zones,
            ImageSupport images,
            ImageSupport snapshots,
            ControlSupport support) {
        Device device = new StreamDevice(instanceId, topics, groups, zoneGroups, freshFor, visits, pages)
                .of(
                        stream,
                        firstName,
                        zones.orElse(List.of()),
                        images == ImageSupport.AVAILABLE,
                        snapshots == ImageSupport.AVAILABLE,
                        controls ? support : ControlSupport.NONE);
        Predicate<String> keptZones = id -> zones.isEmpty() && StreamDevice.isOfZone(id);
        Predicate<String> keptImage = id -> images == ImageSupport.UNKNOWN && id.equals(StreamDevice.IMAGE);
        Predicate<String> keptSnapshot = id -> snapshots == ImageSupport.UNKNOWN && id.equals(StreamDevice.SNAPSHOT);
        Predicate<String> keptControls = id -> controls && ControlComponents.isOne(id);
        return announcement(device, keptZones.or(keptImage).or(keptSnapshot).or(keptControls));
    }

    /** The discovery topic of the bridge. */
    public Topic bridgeTopic() {
        return topic(BridgeDevice.id(instanceId));
    }

    /** The discovery topic of a stream. */
    public Topic streamTopic(StreamName stream) {
        return topic(StreamDevice.id(instanceId, stream));
    }

    /** A topic on which nothing is announced: an empty message there shows whether anybody subscribes. Home Assistant ignores it. */
    public Topic probeTopic() {
        return topic(instanceId + "_check");
    }

    /** The filter for the announcements of all devices, of this bridge and of others. */
    public String allDevices() {
        return folder() + "+" + END;
    }

    /** Whether a discovery topic belongs to this instance id. */
    public boolean owns(String topic) {
        return topic.equals(bridgeTopic().name())
                || topic.startsWith(folder() + StreamDevice.idPrefix(instanceId)) && topic.endsWith(END);
    }

    /** Whether an announcement is of this bridge, by its topic, its origin and the topics that it reads. */
    public boolean owns(String topic, String payload) {
        DevicePayload device = DevicePayload.of(payload);
        return owns(topic)
                && device.isFromThisProgram()
                && device.topics().stream().anyMatch(topics::owns);
    }

    /** Whether an announcement on the bridge's topic is of another bridge, since it reads other topics. */
    public boolean isOfAnother(String payload) {
        return DevicePayload.of(payload).topics().stream().anyMatch(topic -> !topics.owns(topic));
    }

    private Announcement announcement(Device device, Predicate<String> keeps) {
        return new Announcement(topic(device.id()), JsonTree.text(device.json(new Origin(version))), keeps);
    }

    private Topic topic(String deviceId) {
        return new Topic(folder() + deviceId + END);
    }

    private String folder() {
        return discoveryPrefix + "/device/";
    }
}
