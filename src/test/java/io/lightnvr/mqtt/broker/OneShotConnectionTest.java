package io.lightnvr.mqtt.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OneShotConnectionTest {

    private static final BrokerSettings SETTINGS = new BrokerSettings(
            "localhost", 1883, "test", Optional.empty(), Duration.ofSeconds(60), Optional.empty(), Optional.empty());

    private final ScriptedBroker broker = new ScriptedBroker();

    @Test
    void waitsForRetainedMessagesThatABusyBrokerSendsLate() throws Exception {
        broker.beforeEachPong = new ArrayList<>(List.of("state/late", "state/last"));

        try (OneShotConnection connection = connect()) {
            assertThat(connection.retained(List.of("state/+")))
                    .containsOnlyKeys(new Topic("state/first"), new Topic("state/late"), new Topic("state/last"));
        }
    }

    @Test
    void readsNothingWhereNoSubscriptionWasMade() throws Exception {
        try (OneShotConnection connection = connect()) {
            assertThat(connection.retained(List.of())).isEmpty();
        }
    }

    @Test
    void refusesToReadWhatItMayNotSubscribeTo() throws Exception {
        broker.answer = ReasonCode.NOT_AUTHORIZED;

        try (OneShotConnection connection = connect()) {
            assertThatThrownBy(() -> connection.retained(List.of("state/+")))
                    .isInstanceOf(OneShotConnection.FailedException.class)
                    .hasMessage("The broker refuses the subscription to state/+: not authorized");
        }
    }

    @Test
    void failsWithAThreadOfTheConnection() throws Exception {
        IllegalStateException fault = new IllegalStateException("a bug");
        broker.fault = Optional.of(fault);

        assertThatThrownBy(this::connect).hasCause(fault);
    }

    private OneShotConnection connect() throws Exception {
        return OneShotConnection.connect(broker, SETTINGS, Duration.ofMillis(1));
    }

    /** Answers at once, on the thread that asks. */
    private static final class ScriptedBroker implements Broker, Broker.Connection {

        private List<String> beforeEachPong = new ArrayList<>();
        private ReasonCode answer = ReasonCode.SUCCESS;
        private Optional<Throwable> fault = Optional.empty();
        private Listener listener;

        @Override
        public Connection open(BrokerSettings settings, Listener hears) {
            listener = hears;
            fault.ifPresentOrElse(hears::bug, () -> hears.connected(Limits.unlimited(), Optional.empty()));
            return this;
        }

        @Override
        public String address() {
            return "localhost:1883";
        }

        @Override
        public ConnectStage stage() {
            return ConnectStage.AWAITING_CONNACK;
        }

        @Override
        public void publish(long ticket, Message message) {
            throw new AssertionError("It publishes nothing");
        }

        @Override
        public void subscribe(String topicFilter) {
            listener.subscribed(topicFilter, answer);
            sendRetained("state/first");
        }

        @Override
        public void ping() {
            if (!beforeEachPong.isEmpty()) {
                sendRetained(beforeEachPong.remove(0));
            }
            listener.pong();
        }

        @Override
        public void disconnect() {}

        @Override
        public void close() {}

        private void sendRetained(String topic) {
            listener.received(new Topic(topic), topic.getBytes(StandardCharsets.UTF_8), true);
        }
    }
}
