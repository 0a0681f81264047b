package io.lightnvr.mqtt.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.discovery.Announcements;
import io.lightnvr.mqtt.discovery.Discovery;
import io.lightnvr.mqtt.publish.TopicLayout;
import io.lightnvr.mqtt.status.BridgeState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles what the bridge subscribes to: Home Assistant's birth, the button <em>Re-announce</em>, the marker of what the broker
 * keeps, and the bridge's own topics, on which another bridge with the same prefix or instance id is heard. For the delivery
 * thread alone.
 */
final class Subscriptions implements DeliveryPart {

    private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);
    private static final String BIRTH = "online";

    /**
     * Whoever may write there could otherwise keep the bridge, the broker and Home Assistant busy with nothing else. Home Assistant
     * takes longer to start.
     */
    private static final long ROUNDS_APART_NANOS = Duration.ofSeconds(10).toNanos();

    private final DeliverySettings settings;
    private final Consumer<String> subscribe;
    private final Consumer<String> subscribeToNew;
    private final Announcements announcements;
    private final RetainedTopics retained;
    private final BridgeReport report;
    private final Set<Round> wanted = EnumSet.noneOf(Round.class);
    private long nextRoundAt;
    private boolean prefixLogged;
    private boolean instanceLogged;

    /** Why everything is announced again. */
    private enum Round {
        BIRTH,
        BUTTON
    }

    /**
     * @param subscribe takes a topic filter
     * @param subscribeToNew takes a topic filter of which nothing retained is wanted
     */
    Subscriptions(
            DeliverySettings settings,
            Consumer<String> subscribe,
            Consumer<String> subscribeToNew,
            Announcements announcements,
            RetainedTopics retained,
            BridgeReport report,
            long now) {
        this.settings = settings;
        this.subscribe = subscribe;
        this.subscribeToNew = subscribeToNew;
        this.nextRoundAt = now;
        this.announcements = announcements;
        this.retained = retained;
        this.report = report;
    }

    @Override
    public void connected(DeliverySignal.Connected connection, long now) {
        subscribe.accept(markerFilter(settings.topics()));
        topics().forEach(subscribeToNew);
    }

    /**
     * The marker is asked for with a wildcard, as Home Assistant asks for devices: a broker that answers wildcards with nothing
     * that it keeps, such as RabbitMQ, shows Home Assistant no device either.
     */
    static String markerFilter(TopicLayout topics) {
        return topics.announced().name() + "/#";
    }

    private List<String> topics() {
        TopicLayout topics = settings.topics();
        List<String> all = new ArrayList<>(List.of(topics.bridgeState().name()));
        if (settings.discovery().isPresent() || !announcements.isEmpty()) {
            all.add(settings.birthTopic());
        }
        settings.discovery().ifPresent(devices -> {
            all.add(topics.announce().name());
            all.add(devices.bridgeTopic().name());
        });
        return all;
    }

    /** Ignores an old birth and an old press of the button: each new connection announces what is missing by itself. */
    @Override
    public void received(Topic topic, byte[] payload, boolean isRetained, long now) {
        if (topic.equals(settings.topics().announced())) {
            if (isRetained) {
                announcements.markerReceived(new String(payload, StandardCharsets.UTF_8), now);
            }
        } else if (!isRetained) {
            live(topic, payload, now);
        }
    }

    private void live(Topic topic, byte[] payload, long now) {
        Optional<Topic> bridgeDevice = settings.discovery().map(Discovery::bridgeTopic);
        if (topic.name().equals(settings.birthTopic())) {
            if (new String(payload, StandardCharsets.UTF_8).equals(BIRTH)) {
                wanted.add(Round.BIRTH);
            }
        } else if (topic.equals(settings.topics().announce())) {
            wanted.add(Round.BUTTON);
        } else if (topic.equals(settings.topics().bridgeState())) {
            otherWithThisPrefix(BridgeState.parse(payload));
        } else if (bridgeDevice.filter(topic::equals).isPresent()) {
            otherWithThisInstanceId(payload, now);
        }
    }

    @Override
    public void announceAgain() {
        wanted.add(Round.BUTTON);
    }

    @Override
    public void refresh(long now) {
        if (wanted.isEmpty() || now - nextRoundAt < 0) {
            return;
        }
        if (wanted.contains(Round.BUTTON)) {
            LOG.info("Announcing everything again, as requested");
            announcements.republish(now);
        }
        if (wanted.contains(Round.BIRTH)) {
            LOG.info("Home Assistant has started: announcing the devices again");
            announcements.birth(now);
        }
        retained.republishAll();
        wanted.clear();
        nextRoundAt = now + ROUNDS_APART_NANOS;
    }

    @Override
    public OptionalLong waitNanos(long now) {
        return wanted.isEmpty() ? OptionalLong.empty() : OptionalLong.of(nextRoundAt - now);
    }

    private void otherWithThisPrefix(JsonNode state) {
        BridgeState.About about = report.about();
        String client = state.path("client_id").asText(about.clientId());
        boolean isOurs = client.equals(about.clientId())
                && state.path("store_id").asText(about.storeId()).equals(about.storeId());
        boolean isOther = !isOurs && state.path("client_id").isTextual();
        if (isOther && !prefixLogged) {
            prefixLogged = true;
            warn("Another bridge uses the topic prefix %s too: give each its own mqtt.topic_prefix"
                    .formatted(settings.topics().prefix()));
            report.republish();
        }
    }

    private void otherWithThisInstanceId(byte[] payload, long now) {
        String text = new String(payload, StandardCharsets.UTF_8);
        boolean isOther = settings.discovery()
                .filter(devices -> devices.isOfAnother(text))
                .isPresent();
        if (isOther && !instanceLogged) {
            instanceLogged = true;
            warn("Another bridge announces its devices with the instance id %s too: give each its own"
                            .formatted(report.about().instanceId())
                    + " home_assistant.instance_id");
            announcements.republish(now);
        }
    }

    /** Logs each once, and answers it once, so that the other bridge hears of this one as well. */
    private void warn(String sentence) {
        LOG.warn(sentence);
        report.trouble(sentence);
    }
}
