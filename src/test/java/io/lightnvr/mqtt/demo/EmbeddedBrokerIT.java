package io.lightnvr.mqtt.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightnvr.mqtt.it.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EmbeddedBrokerIT {

    private static final long WAIT_MILLIS = 120_000;
    private static EmbeddedBroker broker;

    @BeforeAll
    static void startBroker() throws IOException {
        broker = EmbeddedBroker.start(0);
    }

    @AfterAll
    static void closeBroker() {
        broker.close();
    }

    @Test
    void deliversEveryQosInOrder() throws Exception {
        try (Client subscriber = new Client("orders-in", null);
                Client publisher = new Client("orders-out", null)) {
            subscriber.subscribe("orders/#");

            for (int qos = 0; qos <= 2; qos++) {
                publisher.publish("orders/" + qos, "qos " + qos, qos, false);
            }

            assertThat(subscriber.next()).isEqualTo("orders/0 qos 0");
            assertThat(subscriber.next()).isEqualTo("orders/1 qos 1");
            assertThat(subscriber.next()).isEqualTo("orders/2 qos 2");
        }
    }

    @Test
    void keepsTheLastRetainedMessage() throws Exception {
        try (Client publisher = new Client("retained-out", null)) {
            publisher.publish("state/front", "OFF", 1, true);
            publisher.publish("state/front", "ON", 1, true);
        }

        try (Client subscriber = new Client("retained-in", null)) {
            subscriber.subscribe("state/#");

            assertThat(subscriber.next()).isEqualTo("state/front ON");
        }
    }

    @Test
    void publishesTheWillOfAClientThatVanishes() throws Exception {
        try (Client subscriber = new Client("will-in", null)) {
            subscriber.subscribe("availability");
            Client vanishing = new Client("will-out", "availability");

            vanishing.vanish();

            assertThat(subscriber.next()).isEqualTo("availability offline");
        }
    }

    @Test
    void takesAFreePortWhereTheWantedOneIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                EmbeddedBroker other = EmbeddedBroker.start(taken.getLocalPort())) {
            assertThat(other.port()).isPositive().isNotEqualTo(taken.getLocalPort());
        }
    }

    @Test
    void freesItsPortWhenClosedAndMayBeClosedTwice() throws IOException {
        EmbeddedBroker other = EmbeddedBroker.start(Ports.free());
        new Socket(InetAddress.getLoopbackAddress(), other.port()).close();

        other.close();
        other.close();

        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), other.port()).close())
                .isInstanceOf(IOException.class);
    }

    /** A connection for tests; what arrives is kept as {@code "topic payload"}. */
    private static final class Client implements AutoCloseable, MqttCallback {

        private final BlockingQueue<String> arrived = new LinkedBlockingQueue<>();
        private final MqttAsyncClient client;

        Client(String id, String willTopic) throws MqttException {
            client = new MqttAsyncClient("tcp://127.0.0.1:" + broker.port(), id, new MemoryPersistence());
            client.setCallback(this);
            MqttConnectionOptions options = new MqttConnectionOptions();
            if (willTopic != null) {
                options.setWill(willTopic, new MqttMessage("offline".getBytes(UTF_8)));
            }
            client.connect(options).waitForCompletion(WAIT_MILLIS);
        }

        void subscribe(String filter) throws MqttException {
            client.subscribe(filter, 2).waitForCompletion(WAIT_MILLIS);
        }

        void publish(String topic, String payload, int qos, boolean retained) throws MqttException {
            client.publish(topic, payload.getBytes(UTF_8), qos, retained).waitForCompletion(WAIT_MILLIS);
        }

        String next() throws InterruptedException {
            return arrived.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS);
        }

        void vanish() throws MqttException {
            client.disconnectForcibly(0, 0, false);
            client.close();
        }

        @Override
        public void close() throws MqttException {
            client.disconnect().waitForCompletion(WAIT_MILLIS);
            client.close();
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            arrived.add(topic + " " + new String(message.getPayload(), UTF_8));
        }

        @Override
        public void disconnected(MqttDisconnectResponse response) {}

        @Override
        public void mqttErrorOccurred(MqttException exception) {}

        @Override
        public void deliveryComplete(IMqttToken token) {}

        @Override
        public void connectComplete(boolean reconnect, String serverUri) {}

        @Override
        public void authPacketArrived(int reasonCode, MqttProperties properties) {}
    }
}
