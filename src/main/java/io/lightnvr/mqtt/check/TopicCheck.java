package io.lightnvr.mqtt.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.OneShotConnection;
import io.lightnvr.mqtt.broker.ReasonCode;
import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.delivery.BrokerDiagnosis;
import io.lightnvr.mqtt.publish.Availability;
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
 * Checks by trying what the broker's access control allows the bridge to publish. While a bridge is running, its published state
 * is read instead, since its topics are its own. Otherwise each retained message is published again unchanged, which has no
 * effect; if there is none yet, a probe is published on a topic next to it and removed again.
 */
public final class TopicCheck {

    private static final byte[] ONLINE = Availability.ONLINE.getBytes(StandardCharsets.UTF_8);
    private static final byte[] PROBE = "{}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] EMPTY = {};

    private final Configuration configuration;
    private final TopicLayout topics;
    private final OneShotConnection connection;
    private final CheckReport.Part part;

    /** @param connection to the broker; it is left open */
    public TopicCheck(Configuration configuration, OneShotConnection connection, CheckReport.Part part) {
        this.configuration = configuration;
        this.topics = new TopicLayout(configuration.mqtt().topicPrefix());
        this.connection = connection;
        this.part = part;
    }

    /** @param bridgeIsRunning whether a bridge uses the data folder; one that uses another folder is found by its availability */
    public void check(boolean bridgeIsRunning) throws OneShotConnection.FailedException, InterruptedException {
        Map<Topic, byte[]> retained = retained();
        if (bridgeIsRunning || Arrays.equals(ONLINE, retained.get(topics.availability()))) {
            checkRunningBridge(BridgeState.parse(retained.getOrDefault(topics.bridgeState(), EMPTY)));
            return;
        }
        checkPublishing("the bridge's availability", topics.availability().name(), retained, Message::retained);
        checkPublishing("states", topics.prefix() + "/state/", retained, Message::retainedJson);
        checkPublishing("the bridge's state", topics.bridgeState().name(), retained, Message::retainedJson);
        if (configuration.homeAssistant().images()) {
            checkPublishing("pictures", topics.prefix() + "/image/", retained, Message::retained);
        }
        if (!configuration.homeAssistant().snapshots().isZero()) {
            checkPublishing("snapshots", topics.prefix() + "/snapshot/", retained, Message::retained);
        }
        part.ok("publishing to " + topics.prefix()
                + "/detections was not tested; --test-event STREAM publishes one event there");
    }

    /** The retained messages of the bridge; none if this user may not read them. */
    private Map<Topic, byte[]> retained() throws InterruptedException {
        List<String> wholeTopics =
                List.of(topics.availability().name(), topics.bridgeState().name());
        List<String> filters = new ArrayList<>();
        for (String below : List.of("availability/#", "state/+", "bridge/+", "image/+", "snapshot/+")) {
            filters.add(topics.prefix() + "/" + below);
        }
        try {
            Map<Topic, byte[]> all = connection.retained(wholeTopics);
            Map<Topic, byte[]> shown = connection.retained(filters);
            if (all.containsKey(topics.bridgeState()) && !shown.containsKey(topics.bridgeState())) {
                part.add(BrokerDiagnosis.hidesFromWildcards());
            }
            all.putAll(shown);
            return all;
        } catch (OneShotConnection.FailedException e) {
            part.warning(e.getMessage(), "give this user read access to " + topics.prefix() + "/#");
            return Map.of();
        }
    }

    private void checkRunningBridge(JsonNode state) {
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
        checkIdentity(
                state.path("client_id").asText(), state.path("instance_id").asText());
        checkErrors(state);
    }

    private void checkIdentity(String clientId, String instanceId) {
        String own = configuration.mqtt().clientId();
        if (clientId.equals(own + "-bridge")) {
            part.warning(
                    "another client uses the client id " + own + ", so the bridge continues as " + clientId,
                    "stop that client, or give one of the two another mqtt.client_id");
        }
        if (!instanceId.equals(configuration.homeAssistant().instanceId())) {
            part.warning(
                    "the running bridge is a different one, with the instance id " + instanceId,
                    "give each bridge its own mqtt.topic_prefix");
        }
    }

    private void checkErrors(JsonNode state) {
        if (state.path("refused").asLong() > 0) {
            part.failed(
                    "refused " + state.path("refused").asLong() + " messages from the bridge",
                    "last error: " + state.path("last_error").asText("unknown"));
        } else if (state.path("last_error").isTextual()) {
            part.warning(
                    "the bridge has had an error since its start; the last one: "
                            + state.path("last_error").asText(),
                    "if nothing else is found here, it is over");
        }
    }

    /**
     * @param what the kind of message, for people
     * @param topic a topic, or with a slash at its end a prefix of topics
     * @param message makes the message of a topic and a payload
     */
    private void checkPublishing(
            String what, String topic, Map<Topic, byte[]> retained, BiFunction<Topic, byte[], Message> message)
            throws OneShotConnection.FailedException, InterruptedException {
        Predicate<Topic> matches = topic.endsWith("/")
                ? found -> found.name().startsWith(topic)
                : found -> found.name().equals(topic);
        Optional<Topic> present = retained.keySet().stream().filter(matches).findFirst();
        Topic tested = present.orElseGet(() -> new Topic(topic.replaceAll("/+$", "") + "/"
                + configuration.homeAssistant().instanceId() + "_check/probe"));
        byte[] payload = present.map(retained::get).orElse(PROBE);
        ReasonCode reason = connection.offer(message.apply(tested, payload));
        if (reason.isRefusal()) {
            part.failed(
                    "does not allow publishing " + what + ": " + reason + " for " + tested,
                    "give this user write access to " + topics.prefix() + "/# (Mosquitto: acl_file)");
            return;
        }
        if (present.isEmpty()) {
            connection.publish(Message.retained(tested, EMPTY));
        }
        part.ok("allows publishing " + what + " (tested on " + tested + ")");
    }
}
