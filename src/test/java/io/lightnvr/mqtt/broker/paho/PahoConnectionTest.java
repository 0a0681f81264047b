package io.lightnvr.mqtt.broker.paho;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.broker.Broker;
import io.lightnvr.mqtt.broker.ConnectFailure;
import io.lightnvr.mqtt.broker.ConnectStage;
import io.lightnvr.mqtt.broker.Limits;
import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.ReasonCode;
import io.lightnvr.mqtt.broker.ServerCertificate;
import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.it.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PahoConnectionTest {

    /** Promised are 0.5 and 1 s; a stuck write takes minutes to fail. */
    private static final long SECONDS = 30;

    private static final long LOOK_NANOS = Duration.ofMillis(1).toNanos();
    private static final int STUCK_LOOKS = 100;

    private final CompletableFuture<Optional<ServerCertificate>> connected = new CompletableFuture<>();

    private final BlockingQueue<Throwable> faults = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> delivered = new LinkedBlockingQueue<>();
    private final BlockingQueue<Topic> received = new LinkedBlockingQueue<>();
    private volatile IllegalStateException fault;
    private volatile String lost = "";

    @Test
    void closesWhileABrokerThatHasFrozenTakesNothing() throws Exception {
        try (FrozenBroker broker = FrozenBroker.plain()) {
            closesInTime(broker);
        }
    }

    @Test
    void closesWhileABrokerThatHasFrozenTakesNothingOverTls() throws Exception {
        try (FrozenBroker broker = FrozenBroker.tls()) {
            closesInTime(broker);
        }
    }

    /** {@link java.util.Timer} goes by the wall clock: set back, it stands still, and the broker takes the client for dead. */
    @Test
    void doesNotPingByTheWallClock() throws Exception {
        try (FrozenBroker broker = FrozenBroker.plain()) {
            Broker.Connection connection = new PahoBroker().open(broker.settings(), new Listener());
            connected.get(SECONDS, TimeUnit.SECONDS);

            assertThat(threads()).doesNotContain("MQTT Ping: test");
            connection.close();
        }
    }

    /** Paho starts its threads in steps of 100 ms; one that ends in between is waited for, by a thread, for ever. */
    @Test
    void leavesNoThreadBehindWhenItIsClosedWhileItBegins() throws Exception {
        try (FrozenBroker broker = FrozenBroker.plain()) {
            Broker.Connection connection =
                    new PahoBroker().open(broker.settings().withClientId("brief"), new Listener());
            while (connection.stage() != ConnectStage.AWAITING_CONNACK) {
                Thread.onSpinWait();
            }

            connection.close();

            Eventually.isSo(
                    "no thread of Paho's", () -> threads().stream().noneMatch(name -> name.endsWith(": brief")));
        }
    }

    @Test
    void saysThatTheListenerHasFailed() throws Exception {
        fault = new IllegalStateException("a bug");

        try (FrozenBroker broker = FrozenBroker.plain()) {
            Broker.Connection connection = new PahoBroker().open(broker.settings(), new Listener());

            assertThat(faults.poll(SECONDS, TimeUnit.SECONDS)).isEqualTo(fault);
            connection.close();
        }
    }

    @Test
    void ignoresATopicThatBreaksTheProtocol() throws Exception {
        try (FrozenBroker broker = FrozenBroker.plain()) {
            Broker.Connection connection = new PahoBroker().open(broker.settings(), new Listener());
            connected.get(SECONDS, TimeUnit.SECONDS);

            broker.say(publish("a#"));
            broker.say(publish("ab"));

            assertThat(received.poll(SECONDS, TimeUnit.SECONDS)).isEqualTo(new Topic("ab"));
            assertThat(faults).isEmpty();
            connection.close();
        }
    }

    /** Paho by itself ends the connection, and the message would be sent again for ever. */
    @Test
    void takesAnAnswerThatMqttDoesNotName() throws Exception {
        try (FrozenBroker broker = FrozenBroker.plain()) {
            Broker.Connection connection = new PahoBroker().open(broker.settings(), new Listener());
            connected.get(SECONDS, TimeUnit.SECONDS);

            connection.publish(7, Message.retained(new Topic("ab"), new byte[0]));
            broker.say(new byte[] {0x40, 3, 0, 1, 1});

            assertThat(delivered.poll(SECONDS, TimeUnit.SECONDS)).isEqualTo("7 success");
            assertThat(lost).isEmpty();
            connection.close();
        }
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }

    /** A PUBLISH packet of QoS 0 without a payload, with a topic of two letters. */
    private static byte[] publish(String topic) {
        return new byte[] {0x30, 5, 0, 2, (byte) topic.charAt(0), (byte) topic.charAt(1), 0};
    }

    private void closesInTime(FrozenBroker broker) throws Exception {
        Broker.Connection connection = new PahoBroker().open(broker.settings(), new Listener());
        connected.get(SECONDS, TimeUnit.SECONDS);
        for (int ticket = 0; ticket < 20; ticket++) {
            connection.publish(ticket, Message.retained(new Topic("image"), new byte[1 << 20]));
        }
        awaitStuckWrite();

        CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> {
            connection.disconnect();
            connection.close();
        });

        assertThat(closed).succeedsWithin(SECONDS, TimeUnit.SECONDS);
    }

    /** Waits until Paho's sender stays in one system call: everything between it and the broker is full. */
    private void awaitStuckWrite() {
        int looks = 0;
        while (looks < STUCK_LOOKS) {
            assertThat(lost).isEmpty();
            LockSupport.parkNanos(LOOK_NANOS);
            looks = isInASystemCall("MQTT Snd: test") ? looks + 1 : 0;
        }
    }

    private static boolean isInASystemCall(String thread) {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> entry.getKey().getName().equals(thread))
                .map(Map.Entry::getValue)
                .anyMatch(trace -> trace.length > 0 && trace[0].isNativeMethod());
    }

    private final class Listener implements Broker.Listener {

        @Override
        public void connected(Limits limits, Optional<ServerCertificate> certificate) {
            if (fault != null) {
                throw fault;
            }
            connected.complete(certificate);
        }

        @Override
        public void failed(ConnectFailure failure) {
            connected.completeExceptionally(new AssertionError(failure.sentence()));
        }

        @Override
        public void delivered(long ticket, ReasonCode reason) {
            delivered.add(ticket + " " + reason);
        }

        @Override
        public void received(Topic topic, byte[] payload, boolean retained) {
            received.add(topic);
        }

        @Override
        public void lost(ReasonCode reason, String sentence) {
            lost = sentence;
        }

        @Override
        public void bug(Throwable fault) {
            faults.add(fault);
        }
    }
}
