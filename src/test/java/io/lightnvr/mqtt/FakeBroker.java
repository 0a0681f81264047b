package io.lightnvr.mqtt;

import io.lightnvr.mqtt.broker.Broker;
import io.lightnvr.mqtt.broker.BrokerSettings;
import io.lightnvr.mqtt.broker.ConnectFailure;
import io.lightnvr.mqtt.broker.Limits;
import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.ReasonCode;
import io.lightnvr.mqtt.broker.ServerCertificate;
import io.lightnvr.mqtt.broker.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A broker that does nothing by itself: the test says what it answers, and when. */
final class FakeBroker implements Broker {

    final List<FakeConnection> connections = new ArrayList<>();

    @Override
    public Connection open(BrokerSettings settings, Listener listener) {
        FakeConnection connection = new FakeConnection(settings, listener);
        connections.add(connection);
        return connection;
    }

    FakeConnection newest() {
        return connections.get(connections.size() - 1);
    }

    /** One message as it was sent. */
    record Sent(long ticket, Message message) {

        @Override
        public String toString() {
            return message.topic() + " " + message.text();
        }
    }

    /** One connection. */
    static final class FakeConnection implements Connection {

        final BrokerSettings settings;
        final List<Sent> sent = new ArrayList<>();
        final List<String> subscriptions = new ArrayList<>();
        boolean saidFarewell;
        boolean closed;
        private final Listener listener;
        private final Deque<Sent> unanswered = new ArrayDeque<>();
        private boolean answersAtOnce;

        private FakeConnection(BrokerSettings settings, Listener listener) {
            this.settings = settings;
            this.listener = listener;
        }

        @Override
        public String address() {
            return settings.address();
        }

        void accept(Limits limits) {
            accept(limits, Optional.empty());
        }

        void accept(Limits limits, Optional<ServerCertificate> certificate) {
            listener.connected(limits, certificate);
        }

        void refuse(ConnectFailure.Kind kind, String sentence) {
            listener.failed(new ConnectFailure(kind, sentence));
        }

        void lose(ReasonCode reason) {
            listener.lost(reason, "The connection is lost");
        }

        void say(String topic, String payload, boolean retained) {
            listener.received(new Topic(topic), payload.getBytes(StandardCharsets.UTF_8), retained);
        }

        /** Answers the oldest message that is not answered yet. */
        void answer(ReasonCode reason) {
            listener.delivered(unanswered.remove().ticket(), reason);
        }

        /** Takes everything from now on. */
        void answerAtOnce() {
            answersAtOnce = true;
            while (!unanswered.isEmpty()) {
                answer(ReasonCode.SUCCESS);
            }
        }

        int unanswered() {
            return unanswered.size();
        }

        /** The newest payload on a topic. */
        String newest(String topic) {
            return sent.stream()
                    .map(Sent::message)
                    .filter(message -> message.topic().name().equals(topic))
                    .reduce((first, last) -> last)
                    .map(Message::text)
                    .orElseThrow(() -> new AssertionError("Nothing on " + topic + " among " + sent));
        }

        /** The documented messages. */
        List<Message> events() {
            return sent.stream()
                    .map(Sent::message)
                    .filter(message -> message.topic().name().contains("/detections/"))
                    .toList();
        }

        /** The sequences of the documented messages. */
        List<Long> sequences() {
            return events().stream()
                    .map(message -> Long.parseLong(message.userProperties().get("sequence")))
                    .toList();
        }

        List<String> topics() {
            return sent.stream()
                    .map(message -> message.message().topic().name())
                    .toList();
        }

        @Override
        public void publish(long ticket, Message message) {
            sent.add(new Sent(ticket, message));
            if (answersAtOnce) {
                listener.delivered(ticket, ReasonCode.SUCCESS);
            } else {
                unanswered.add(new Sent(ticket, message));
            }
        }

        @Override
        public void subscribe(String topicFilter) {
            subscriptions.add(topicFilter);
        }

        @Override
        public void disconnect() {
            saidFarewell = true;
        }

        @Override
        public void close() {
            if (closed) {
                throw new AssertionError("It is closed already");
            }
            closed = true;
        }
    }
}
