package io.lightnvr.mqtt.check;

import io.lightnvr.mqtt.bridge.ConfigurationMapping;
import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.OneShotConnection;
import io.lightnvr.mqtt.broker.ReasonCode;
import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.delivery.BrokerDiagnosis;
import io.lightnvr.mqtt.discovery.Discovery;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.publish.TopicLayout;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks Home Assistant as far as the broker shows it: its birth topic, and whether a client subscribes to discovery. */
public final class HomeAssistantCheck {

    private static final byte[] NOTHING = {};

    private final Configuration.HomeAssistant homeAssistant;
    private final Optional<Discovery> discovery;
    private final TopicLayout topics;
    private final CheckReport.Part part;

    public HomeAssistantCheck(Configuration configuration, CheckReport.Part part) {
        this.homeAssistant = configuration.homeAssistant();
        this.discovery = ConfigurationMapping.discovery(configuration);
        this.topics = new TopicLayout(configuration.mqtt().topicPrefix());
        this.part = part;
    }

    /** The packet size in bytes of the largest announcement; zones are unknown here and not counted. */
    public int largestPacket(Collection<StreamName> streams) {
        return discovery.stream()
                .flatMap(devices -> Stream.concat(
                        Stream.of(devices.bridge()),
                        streams.stream()
                                .map(stream -> devices.stream(
                                        stream,
                                        Optional.empty(),
                                        wanted(homeAssistant.images()),
                                        wanted(!homeAssistant.snapshots().isZero())))))
                .mapToInt(announcement -> Message.retainedJson(
                                announcement.topic(), announcement.payload().getBytes(StandardCharsets.UTF_8))
                        .packetSizeAtMost())
                .max()
                .orElse(0);
    }

    private static Discovery.ImageSupport wanted(boolean pictures) {
        return pictures ? Discovery.ImageSupport.AVAILABLE : Discovery.ImageSupport.UNWANTED;
    }

    /** @param connection to the broker; it is left open */
    public void check(OneShotConnection connection) throws OneShotConnection.FailedException, InterruptedException {
        if (discovery.isEmpty()) {
            part.ok("discovery is turned off (home_assistant.discovery)");
            return;
        }
        checkBirthTopic(connection);
        checkAnnouncing(connection);
    }

    private void checkBirthTopic(OneShotConnection connection)
            throws OneShotConnection.FailedException, InterruptedException {
        String topic = homeAssistant.birthTopic();
        ReasonCode reason = connection.subscribe(topic);
        if (reason.isRefusal()) {
            part.failed(
                    "the broker does not allow subscribing to " + topic + ": " + reason,
                    "give this user read access; otherwise devices are not announced again when Home Assistant starts");
            return;
        }
        part.ok("the broker allows subscribing to " + topic);
        Optional.ofNullable(connection.retained().get(new Topic(topic)))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .ifPresent(birth -> part.ok("its last status on " + topic + " is " + birth));
    }

    /** Withdraws a device that never existed: this has no effect, but the broker reports whether anyone subscribes. */
    private void checkAnnouncing(OneShotConnection connection)
            throws OneShotConnection.FailedException, InterruptedException {
        String prefix = homeAssistant.discoveryPrefix();
        Topic probe = discovery.orElseThrow().probeTopic();
        ReasonCode reason = connection.offer(Message.retained(probe, NOTHING));
        if (reason.isRefusal()) {
            part.failed(
                    "the broker does not allow announcing devices: " + reason + " for " + probe,
                    "give this user write access to " + prefix + "/device/# (Mosquitto: acl_file)");
            return;
        }
        part.ok("the broker allows announcing devices (tested on " + probe + ")");
        if (reason.equals(ReasonCode.NO_SUBSCRIBERS)) {
            part.add(BrokerDiagnosis.nobodyListens(prefix));
        } else if (tellsWhereNobodyListens(connection)) {
            part.ok("a client listens to " + prefix + "/#, as Home Assistant does");
        } else {
            part.ok("the broker does not tell whether a client listens to " + prefix + "/#");
        }
    }

    /** Some brokers never say that nobody listens, and none does while somebody listens to everything. */
    private boolean tellsWhereNobodyListens(OneShotConnection connection)
            throws OneShotConnection.FailedException, InterruptedException {
        return connection.offer(Message.retained(topics.nobody(), NOTHING)).equals(ReasonCode.NO_SUBSCRIBERS);
    }
}
