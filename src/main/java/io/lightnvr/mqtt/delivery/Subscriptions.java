package io.lightnvr.mqtt.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.discovery.Announcements;
import io.lightnvr.mqtt.discovery.Discovery;
import io.lightnvr.mqtt.publish.TopicLayout;
import io.lightnvr.mqtt.status.BridgeState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What we listen to at the broker: Home Assistant's birth, the button <em>Re-announce</em>, the marker of what the broker
 * keeps, and our own topics, on which another bridge with our prefix or instance id would be heard. For the delivery
 * thread alone.
 */
public final class Subscriptions {

    private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);
    private static final String BIRTH = "online";

    private final TopicLayout topics;
    private final String birthTopic;
    private final Optional<Discovery> discovery;
    private final Announcements announcements;
    private final RetainedTopics standing;
    private final BridgeReport report;
    private boolean prefixTold;
    private boolean instanceTold;

    /** @param discovery absent where Home Assistant is to be told nothing */
    public Subscriptions(
            TopicLayout topics,
            String birthTopic,
            Optional<Discovery> discovery,
            Announcements announcements,
            RetainedTopics standing,
            BridgeReport report) {
        this.topics = topics;
        this.birthTopic = birthTopic;
        this.discovery = discovery;
        this.announcements = announcements;
        this.standing = standing;
        this.report = report;
    }

    /** The topics to subscribe to. */
    List<String> topics() {
        List<String> all = new ArrayList<>(
                List.of(topics.announced().name(), topics.bridgeState().name()));
        if (discovery.isPresent() || !announcements.isEmpty()) {
            all.add(birthTopic);
        }
        discovery.ifPresent(devices -> {
            all.add(topics.announce().name());
            all.add(devices.bridgeTopic().name());
        });
        return all;
    }

    /**
     * A message came.
     *
     * @param retained whether it is an old one; what an old birth or button asks for was told when we connected
     */
    void received(Topic topic, byte[] payload, boolean retained, long nanos) {
        if (topic.equals(topics.announced())) {
            if (retained) {
                announcements.marker(new String(payload, StandardCharsets.UTF_8), nanos);
            }
        } else if (!retained) {
            live(topic, payload, nanos);
        }
    }

    private void live(Topic topic, byte[] payload, long nanos) {
        if (topic.name().equals(birthTopic) && new String(payload, StandardCharsets.UTF_8).equals(BIRTH)) {
            if (announcements.birth(nanos)) {
                LOG.info("Home Assistant has started: announcing the devices again");
                standing.tellAgain();
            }
        } else if (topic.equals(topics.announce())) {
            LOG.info("Announcing everything again, as somebody asked");
            standing.tellAgain();
            announcements.tellAgain(nanos);
        } else if (topic.equals(topics.bridgeState())) {
            otherWithOurPrefix(BridgeState.read(payload));
        } else if (discovery.map(Discovery::bridgeTopic).filter(topic::equals).isPresent()) {
            otherWithOurId(payload, nanos);
        }
    }

    private void otherWithOurPrefix(JsonNode state) {
        BridgeState.About us = report.about();
        String client = state.path("client_id").asText(us.clientId());
        boolean isOther = !client.equals(us.clientId())
                || !state.path("store_id").asText(us.storeId()).equals(us.storeId());
        if (isOther && !prefixTold) {
            prefixTold = true;
            tell("Another bridge uses the topic prefix %s too: give each its own mqtt.topic_prefix"
                    .formatted(topics.prefix()));
            report.sayAgain();
        }
    }

    private void otherWithOurId(byte[] payload, long nanos) {
        String text = new String(payload, StandardCharsets.UTF_8);
        boolean isOther = discovery.filter(devices -> devices.isOfAnother(text)).isPresent();
        if (isOther && !instanceTold) {
            instanceTold = true;
            tell("Another bridge announces its devices with the instance id %s too: give each its own"
                            .formatted(report.about().instanceId())
                    + " home_assistant.instance_id");
            announcements.tellAgain(nanos);
        }
    }

    /** Each is told once, and answered once: so the other one hears of us as well. */
    private void tell(String sentence) {
        LOG.warn(sentence);
        report.trouble(sentence);
    }
}
