package io.lightnvr.mqtt.delivery;

import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.discovery.Announcements;
import io.lightnvr.mqtt.discovery.Discovery;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.event.Zone;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which devices Home Assistant is to have: one of the bridge, one of each stream, none where discovery is off. For the
 * delivery thread alone; {@code nanos} are of a monotonic clock.
 */
public final class DeviceAnnouncer {

    private static final Logger LOG = LoggerFactory.getLogger(DeviceAnnouncer.class);

    private final Optional<Discovery> discovery;
    private final Announcements announcements;
    private final boolean images;
    private final Set<StreamName> pictured = new HashSet<>();

    /**
     * @param discovery absent where Home Assistant is to be told nothing
     * @param images whether pictures are wanted
     */
    public DeviceAnnouncer(Optional<Discovery> discovery, Announcements announcements, boolean images, long nanos) {
        this.discovery = discovery;
        this.announcements = announcements;
        this.images = images;
        withdrawOthers(nanos);
        discovery.ifPresent(devices -> announcements.want(devices.bridge(), nanos));
    }

    /** What was announced where we announce nothing now: discovery was switched off, or has another prefix or id. */
    private void withdrawOthers(long nanos) {
        for (Topic topic : announcements.announced()) {
            if (discovery.filter(devices -> devices.owns(topic.name())).isEmpty()) {
                LOG.info("Taking back what was announced on {}", topic);
                announcements.drop(topic, nanos);
            }
        }
    }

    /** @param zones absent where they are not known */
    void stream(StreamName stream, Optional<List<Zone>> zones, long nanos) {
        discovery.ifPresent(devices -> announcements.want(devices.stream(stream, zones, pictures(stream)), nanos));
    }

    /** The recorder gives pictures of a stream; tells whether that is news. */
    boolean pictured(StreamName stream) {
        return pictured.add(stream);
    }

    /** A stream is gone. */
    void forget(StreamName stream, long nanos) {
        pictured.remove(stream);
        discovery.ifPresent(devices -> announcements.drop(devices.streamTopic(stream), nanos));
    }

    /** Whether the broker keeps nothing that was announced of a stream. */
    boolean isWithdrawn(StreamName stream) {
        return discovery
                .map(devices -> announcements.isWithdrawn(devices.streamTopic(stream)))
                .orElse(true);
    }

    private Discovery.Pictures pictures(StreamName stream) {
        if (!images) {
            return Discovery.Pictures.UNWANTED;
        }
        return pictured.contains(stream) ? Discovery.Pictures.THERE : Discovery.Pictures.UNKNOWN;
    }
}
