package io.lightnvr.mqtt.delivery;

import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.control.ControlView;
import io.lightnvr.mqtt.discovery.Announcements;
import io.lightnvr.mqtt.discovery.ControlSupport;
import io.lightnvr.mqtt.discovery.DeviceNames;
import io.lightnvr.mqtt.discovery.Discovery;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.event.Zone;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announces the devices to Home Assistant: one of the bridge and one of each stream, or none if discovery is off. What happens when
 * Home Assistant starts is in {@link Subscriptions}. For the delivery thread alone; {@code now} is in nanoseconds of a monotonic clock.
 */
final class DeviceAnnouncer {

    private static final Logger LOG = LoggerFactory.getLogger(DeviceAnnouncer.class);

    private final Optional<Discovery> discovery;
    private final Announcements announcements;
    private final boolean images;
    private final boolean snapshots;
    private final Set<StreamName> pictured = new HashSet<>();
    private final Map<StreamName, ControlSupport> controls = new HashMap<>();
    private final DeviceNames names;

    /**
     * @param discovery empty if Home Assistant gets no announcements
     * @param images whether pictures of detections are wanted
     * @param snapshots whether stills are wanted
     * @param names of the devices
     */
    DeviceAnnouncer(
            Optional<Discovery> discovery,
            Announcements announcements,
            boolean images,
            boolean snapshots,
            DeviceNames names,
            long now) {
        this.names = names;
        this.discovery = discovery;
        this.announcements = announcements;
        this.images = images;
        this.snapshots = snapshots;
        withdrawOthers(now);
        discovery.ifPresent(devices -> announcements.announce(devices.bridge(), now));
    }

    /** Withdraws what an earlier configuration has announced: with discovery on, or with another prefix or instance id. */
    private void withdrawOthers(long now) {
        for (Topic topic : announcements.announced()) {
            if (discovery.filter(devices -> devices.owns(topic.name())).isEmpty()) {
                LOG.info("Withdrawing the announcement on {}", topic);
                announcements.withdraw(topic, now);
            }
        }
    }

    /**
     * Announces a stream.
     *
     * @param zones empty if they are not known
     */
    void stream(StreamName stream, Optional<List<Zone>> zones, long now) {
        discovery.ifPresent(devices -> announcements.announce(
                devices.stream(
                        stream,
                        names.of(stream),
                        zones,
                        support(images, stream),
                        support(snapshots, stream),
                        controls.getOrDefault(stream, ControlSupport.NONE)),
                now));
    }

    /** Whether what was announced of a stream reads a topic, or nobody knows who does. */
    boolean mayRead(StreamName stream, Topic topic) {
        return discovery
                .map(devices -> announcements
                        .readBy(devices.streamTopic(names.of(stream)))
                        .contains(topic.name()))
                .orElse(true);
    }

    /** The recorder tells how full its storage is, so there is a sensor for that. */
    void recorderStorage(long now) {
        discovery.ifPresent(devices -> announcements.announce(devices.bridgeWithStorage(), now));
    }

    /** The recorder gives pictures of a stream; returns whether this is the first one. */
    boolean pictured(StreamName stream) {
        return pictured.add(stream);
    }

    /** Something can be controlled of a stream; returns whether there is more than before. Nothing is taken back: it may return. */
    boolean controls(StreamName stream, ControlView view) {
        ControlSupport before = controls.getOrDefault(stream, ControlSupport.NONE);
        ControlSupport after = before.and(view);
        controls.put(stream, after);
        return !after.equals(before);
    }

    /** A stream goes on under another name, with the device that it has. */
    void rename(StreamName old, StreamName renamed) {
        names.rename(old, renamed);
        if (pictured.remove(old)) {
            pictured.add(renamed);
        }
        Optional.ofNullable(controls.remove(old)).ifPresent(support -> controls.put(renamed, support));
    }

    /** Withdraws a stream that is gone. */
    void remove(StreamName stream, long now) {
        pictured.remove(stream);
        controls.remove(stream);
        discovery.ifPresent(devices -> announcements.withdraw(devices.streamTopic(names.of(stream)), now));
    }

    /** Whether the broker keeps nothing that was announced of a stream. */
    boolean isWithdrawn(StreamName stream) {
        return discovery
                .map(devices -> announcements.isWithdrawn(devices.streamTopic(names.of(stream))))
                .orElse(true);
    }

    private Discovery.ImageSupport support(boolean isWanted, StreamName stream) {
        if (!isWanted) {
            return Discovery.ImageSupport.UNWANTED;
        }
        return pictured.contains(stream) ? Discovery.ImageSupport.AVAILABLE : Discovery.ImageSupport.UNKNOWN;
    }
}
