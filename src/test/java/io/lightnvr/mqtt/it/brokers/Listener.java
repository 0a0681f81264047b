package io.lightnvr.mqtt.it.brokers;

import io.lightnvr.mqtt.broker.Broker;
import io.lightnvr.mqtt.broker.BrokerSettings;
import io.lightnvr.mqtt.broker.ConnectFailure;
import io.lightnvr.mqtt.broker.Limits;
import io.lightnvr.mqtt.broker.ReasonCode;
import io.lightnvr.mqtt.broker.ServerCertificate;
import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.broker.paho.PahoBroker;
import io.lightnvr.mqtt.it.Arrivals;
import io.lightnvr.mqtt.it.TestBed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A subscriber of MQTT 5 and QoS 1, for a broker that does not tell who has subscribed. */
final class Listener implements Broker.Listener {

    private final Arrivals<Message> messages;
    private final Arrivals<String> answers;

    /** What came; {@code retained} where the broker kept it. */
    record Message(String topic, String text, boolean retained) {}

    private Listener(String id) {
        this.messages = new Arrivals<>("messages for " + id);
        this.answers = new Arrivals<>("answers for " + id);
    }

    /** Subscribes, and waits until the broker has agreed. */
    static Listener start(TestBed bed, int port, String id, String... topicFilters) {
        BrokerSettings settings = new BrokerSettings(
                "127.0.0.1", port, id, Optional.empty(), Duration.ofSeconds(60), Optional.empty(), Optional.empty());
        Listener listener = new Listener(id);
        Broker.Connection connection = bed.own(new PahoBroker().open(settings, listener));
        listener.awaitAnswer("connected");
        for (String filter : topicFilters) {
            connection.subscribe(filter);
            listener.awaitAnswer(filter);
        }
        return listener;
    }

    /** What came so far. */
    List<Message> all() {
        return messages.all();
    }

    private void awaitAnswer(String expected) {
        String answer = answers.await(expected, text -> text.equals(expected) || text.startsWith("!"));
        if (answer.startsWith("!")) {
            throw new AssertionError(answer);
        }
    }

    @Override
    public void connected(Limits limits, Optional<ServerCertificate> certificate) {
        answers.add("connected");
    }

    @Override
    public void subscribed(String topicFilter, ReasonCode reason) {
        answers.add(reason.isRefusal() ? "! " + topicFilter + ": " + reason : topicFilter);
    }

    @Override
    public void received(Topic topic, byte[] payload, boolean retained) {
        messages.add(new Message(topic.name(), new String(payload, StandardCharsets.UTF_8), retained));
    }

    @Override
    public void failed(ConnectFailure failure) {
        answers.add("! " + failure.sentence());
    }

    @Override
    public void lost(ReasonCode reason, String sentence) {
        answers.add("! " + sentence);
    }

    @Override
    public void bug(Throwable fault) {
        answers.add("! " + fault);
    }
}
