package io.lightnvr.mqtt.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.OneShotConnection;
import io.lightnvr.mqtt.broker.ReasonCode;
import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.publish.TopicLayout;
import io.lightnvr.mqtt.status.BridgeState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * What the broker lets us do, found out by doing. While a bridge runs it is asked instead, by what it says of itself: its
 * topics are its own. Otherwise what the broker keeps is sent once more as it is, which changes nothing, and where it
 * keeps nothing yet, something is sent beside it and taken back.
 */
public final class TopicCheck {

    private static final byte[] ONLINE = "online".getBytes(StandardCharsets.UTF_8);
    private static final byte[] PROBE = "{}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NOTHING = {};

    private final Configuration configuration;
    private final TopicLayout topics;
    private final OneShotConnection connection;
    private final CheckReport.Part part;

    public TopicCheck(Configuration configuration, OneShotConnection connection, CheckReport.Part part) {
        this.configuration = configuration;
        this.topics = new TopicLayout(configuration.mqtt().topicPrefix());
        this.connection = connection;
        this.part = part;
    }

    /** @param held whether a bridge works with our data folder */
    public void check(boolean held) throws OneShotConnection.FailedException, InterruptedException {
        Map<Topic, byte[]> kept = kept();
        if (held || Arrays.equals(ONLINE, kept.get(topics.availability()))) {
            running(BridgeState.parse(kept.getOrDefault(topics.bridgeState(), NOTHING)));
            return;
        }
        may("the bridge's availability", topics.availability().name(), kept, Message::retained);
        may("states", topics.prefix() + "/state/", kept, Message::retainedJson);
        may("the bridge's state", topics.bridgeState().name(), kept, Message::retainedJson);
        if (configuration.homeAssistant().images()) {
            may("pictures", topics.prefix() + "/image/", kept, Message::retained);
        }
        part.ok("publishing to " + topics.prefix()
                + "/detections was not tested; --test-event STREAM publishes one event there");
    }

    /** What the broker keeps of ours; nothing where it does not let us read. */
    private Map<Topic, byte[]> kept() throws InterruptedException {
        List<String> filters = new ArrayList<>();
        for (String below : List.of("availability/#", "state/+", "bridge/+", "image/+")) {
            filters.add(topics.prefix() + "/" + below);
        }
        try {
            return connection.retained(filters);
        } catch (OneShotConnection.FailedException e) {
            part.warning(e.getMessage(), "give this user read access to " + topics.prefix() + "/#");
            return Map.of();
        }
    }

    private void running(JsonNode state) {
        if (state.isMissingNode()) {
            part.warning(
                    "a bridge is running, but its state is missing on " + topics.bridgeState(),
                    "look in its log; this user may lack read access");
            return;
        }
        part.ok("bridge %s has been running since %s as %s: %d events published, %d waiting"
                .formatted(
                        state.path("version").asText(),
                        state.path("started").asText(),
                        state.path("client_id").asText(),
                        state.path("published").asLong(),
                        state.path("waiting").asLong()));
        String own = configuration.mqtt().clientId();
        if (state.path("client_id").asText().equals(own + "-bridge")) {
            part.warning(
                    "another client uses the client id " + own + ", so the bridge continues as " + own + "-bridge",
                    "stop that client, or give one of the two another mqtt.client_id");
        }
        if (!state.path("instance_id")
                .asText()
                .equals(configuration.homeAssistant().instanceId())) {
            part.warning(
                    "the running bridge is a different one, with the instance id "
                            + state.path("instance_id").asText(),
                    "give each bridge its own mqtt.topic_prefix");
        }
        if (state.path("refused").asLong() > 0) {
            part.failed("refused " + state.path("refused").asLong() + " messages from the bridge", lastError(state));
        } else if (state.path("last_error").isTextual()) {
            part.warning("the bridge reports an error", lastError(state));
        }
    }

    private static String lastError(JsonNode state) {
        return "last error: " + state.path("last_error").asText("unknown");
    }

    /**
     * @param topic a whole topic, or what one begins with
     * @param message as the bridge makes it
     */
    private void may(String what, String topic, Map<Topic, byte[]> kept, BiFunction<Topic, byte[], Message> message)
            throws OneShotConnection.FailedException, InterruptedException {
        Predicate<Topic> isOurs = topic.endsWith("/")
                ? found -> found.name().startsWith(topic)
                : found -> found.name().equals(topic);
        Optional<Topic> there = kept.keySet().stream().filter(isOurs).findFirst();
        Topic tried = there.orElseGet(() -> new Topic(topic.replaceAll("/+$", "") + "/"
                + configuration.homeAssistant().instanceId() + "_check/probe"));
        byte[] payload = there.map(kept::get).orElse(PROBE);
        ReasonCode reason = connection.offer(message.apply(tried, payload));
        if (reason.isRefusal()) {
            part.failed(
                    "does not allow publishing " + what + ": " + reason + " for " + tried,
                    "give this user write access to " + topics.prefix() + "/# (Mosquitto: acl_file)");
            return;
        }
        if (there.isEmpty()) {
            connection.publish(Message.retained(tried, NOTHING));
        }
        part.ok("allows publishing " + what + " (tested on " + tried + ")");
    }
}
