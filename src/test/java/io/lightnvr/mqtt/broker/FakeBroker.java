package io.lightnvr.mqtt.broker;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A broker that does nothing by itself: the test says what it answers, and when. */
public final class FakeBroker implements Broker {

    public final List<FakeConnection> connections = new CopyOnWriteArrayList<>();

    @Override
    public Connection open(BrokerSettings settings, Listener listener) {
        FakeConnection connection = new FakeConnection(settings, listener);
        connections.add(connection);
        return connection;
    }

    public FakeConnection newest() {
        return connections.get(connections.size() - 1);
    }

    /** One message as it was sent. */
    public record Sent(long ticket, Message message) {

        @Override
        public String toString() {
            return message.topic() + " " + message.text();
        }
    }

    /** One connection. */
    public static final class FakeConnection implements Connection {

        public final BrokerSettings settings;
        public final List<Sent> sent = new CopyOnWriteArrayList<>();
        public final List<String> subscriptions = new ArrayList<>();
        public ConnectStage stage = ConnectStage.RESOLVING;

        /** The packet ids of what was received in a session and acknowledged; they count from 1. */
        public final List<Integer> acknowledged = new ArrayList<>();

        public boolean saidFarewell;
        public boolean closed;
        private final Listener listener;
        private final Deque<Sent> unanswered = new ArrayDeque<>();
        private boolean answersAtOnce;
        private int received;

        private FakeConnection(BrokerSettings settings, Listener listener) {
            this.settings = settings;
            this.listener = listener;
        }

        @Override
        public String address() {
            return settings.address();
        }

        @Override
        public ConnectStage stage() {
            return stage;
        }

        public void accept(Limits limits) {
            accept(limits, Optional.empty());
        }

        public void accept(Limits limits, Optional<ServerCertificate> certificate) {
            listener.connected(limits, certificate);
        }

        public void refuse(ConnectFailure.Kind kind, String sentence) {
            listener.failed(new ConnectFailure(kind, sentence));
        }

        public void lose(ReasonCode reason) {
            listener.lost(reason, "The connection is lost");
        }

        public void fail(Throwable fault) {
            listener.bug(fault);
        }

        public void say(String topic, String payload, boolean retained) {
            say(topic, payload.getBytes(StandardCharsets.UTF_8), retained);
        }

        public void say(String topic, byte[] bytes, boolean retained) {
            if (settings.session().isPresent()) {
                listener.received(new Topic(topic), bytes, retained, new Receipt(++received, 1));
            } else {
                listener.received(new Topic(topic), bytes, retained);
            }
        }

        public void answerSubscription(String topicFilter, ReasonCode reason) {
            listener.subscribed(topicFilter, reason);
        }

        /** Answers the oldest message that is not answered yet. */
        public void answer(ReasonCode reason) {
            listener.delivered(unanswered.remove().ticket(), reason);
        }

        /** Takes everything from now on. */
        public void answerAtOnce() {
            answersAtOnce = true;
            while (!unanswered.isEmpty()) {
                answer(ReasonCode.SUCCESS);
            }
        }

        public int unanswered() {
            return unanswered.size();
        }

        /** The newest payload on a topic. */
        public String newest(String topic) {
            return sent.stream()
                    .map(Sent::message)
                    .filter(message -> message.topic().name().equals(topic))
                    .reduce((first, last) -> last)
                    .map(Message::text)
                    .orElseThrow(() -> new AssertionError("Nothing on " + topic + " among " + sent));
        }

        /** The documented messages. */
        public List<Message> events() {
            return sent.stream()
                    .map(Sent::message)
                    .filter(message -> message.topic().name().contains("/detections/"))
                    .toList();
        }

        /** The sequences of the documented messages. */
        public List<Long> sequences() {
            return events().stream()
                    .map(message -> Long.parseLong(message.userProperties().get("sequence")))
                    .toList();
        }

        public List<String> topics() {
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
        public void acknowledge(Receipt receipt) {
            acknowledged.add(receipt.packetId());
        }

        @Override
        public void ping() {
            listener.pong();
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
