package io.lightnvr.mqtt.delivery;

import io.lightnvr.mqtt.broker.BrokerSettings;
import io.lightnvr.mqtt.broker.Qos;
import io.lightnvr.mqtt.discovery.Discovery;
import io.lightnvr.mqtt.event.ClearTimes;
import io.lightnvr.mqtt.event.EventGroups;
import io.lightnvr.mqtt.publish.TopicLayout;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What delivery does, as the user has configured it.
 *
 * @param version the program's
 * @param instanceId the first part of every id that Home Assistant gets
 * @param broker how to connect, with the client id and the will
 * @param topics where to publish
 * @param events how documented and enriched messages are published
 * @param discovery the devices; empty if Home Assistant gets no announcements
 * @param birthTopic where Home Assistant publishes that it has started
 * @param groups the groups of labels that states show
 * @param zoneGroups those of them that states show for each zone
 * @param clearTimes after how long a label or a zone is cleared
 * @param forgetAfter after how long a missing stream is removed; zero for never
 * @param images whether pictures of detections are published
 * @param snapshots whether stills are published
 * @param visits whether visits are published
 * @param certificateEnds until when the bridge's certificate is valid, asked once a day; empty if it has none
 */
public record DeliverySettings(
        String version,
        String instanceId,
        BrokerSettings broker,
        TopicLayout topics,
        Events events,
        Optional<Discovery> discovery,
        String birthTopic,
        EventGroups groups,
        List<String> zoneGroups,
        ClearTimes clearTimes,
        Duration forgetAfter,
        boolean images,
        boolean snapshots,
        boolean visits,
        Supplier<Optional<Instant>> certificateEnds) {

    /**
     * How events are published.
     *
     * @param qos of both messages of an event
     * @param retain whether the documented message is retained
     * @param maxInflight how many messages may be unacknowledged, 1 to 65,535
     * @param drainRate how many delayed events go out in a second; 0 for no limit
     * @param maxAge how long an event may wait
     */
    public record Events(Qos qos, boolean retain, int maxInflight, int drainRate, Duration maxAge) {}
}
