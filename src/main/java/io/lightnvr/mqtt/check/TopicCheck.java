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
            running(BridgeState.read(kept.getOrDefault(topics.bridgeState(), NOTHING)));
            return;
        }
        may("say whether the bridge is there", topics.availability().name(), kept, Message::retained);
        may("publish states", topics.prefix() + "/state/", kept, Message::retainedJson);
        may("publish its figures", topics.bridgeState().name(), kept, Message::retainedJson);
        if (configuration.homeAssistant().images()) {
            may("publish pictures", topics.prefix() + "/image/", kept, Message::retained);
        }
        part.ok("nothing was sent on " + topics.prefix() + "/detections; --test-event STREAM sends one event there");
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
            part.warning(e.getMessage(), "let this user read " + topics.prefix() + "/#");
            return Map.of();
        }
    }

    private void running(JsonNode state) {
        if (state.isMissingNode()) {
            part.warning(
                    "a bridge runs, but says nothing of itself on " + topics.bridgeState(),
                    "look in its log; perhaps this user may not read there");
            return;
        }
        part.ok("bridge %s runs since %s as %s: %d events published, %d waiting"
                .formatted(
                        state.path("version").asText(),
                        state.path("started").asText(),
                        state.path("client_id").asText(),
                        state.path("published").asLong(),
                        state.path("waiting").asLong()));
        String own = configuration.mqtt().clientId();
        if (state.path("client_id").asText().equals(own + "-bridge")) {
            part.warning(
                    "another client uses the client id " + own + ", so the bridge goes on as " + own + "-bridge",
                    "end that client, or give one of the two another mqtt.client_id");
        }
        if (!state.path("instance_id")
                .asText()
                .equals(configuration.homeAssistant().instanceId())) {
            part.warning(
                    "that bridge is another one, with the instance id "
                            + state.path("instance_id").asText(),
                    "give each bridge an mqtt.topic_prefix of its own");
        }
        if (state.path("refused").asLong() > 0) {
            part.failed("it refused " + state.path("refused").asLong() + " messages of the bridge", lastError(state));
        } else if (state.path("last_error").isTextual()) {
            part.warning("the bridge had trouble", lastError(state));
        }
    }

    private static String lastError(JsonNode state) {
        return "the last one: " + state.path("last_error").asText("not told");
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
                    "may not " + what + ": " + reason + " for " + tried,
                    "let this user write " + topics.prefix() + "/# (Mosquitto: acl_file)");
            return;
        }
        if (there.isEmpty()) {
            connection.publish(Message.retained(tried, NOTHING));
        }
        part.ok("may " + what + " (tried on " + tried + ")");
    }
}
