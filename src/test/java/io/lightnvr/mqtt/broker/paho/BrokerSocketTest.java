package io.lightnvr.mqtt.broker.paho;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.broker.BrokerSettings;
import io.lightnvr.mqtt.broker.ConnectStage;
import io.lightnvr.mqtt.it.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server listens and does nothing more: the system takes connections for it, as many as its queue holds. */
@Timeout(60)
class BrokerSocketTest {

    private final List<Socket> queue = new ArrayList<>();
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        for (Socket socket : queue) {
            socket.close();
        }
    }

    @Test
    void resolvesTheNameFirst() {
        assertThat(socket(Optional.empty()).stage()).isEqualTo(ConnectStage.RESOLVING);
    }

    @Test
    void awaitsTheConnackOfABrokerThatAcceptsTheConnection() throws Exception {
        BrokerSocket socket = socket(Optional.empty());

        socket.start();

        assertThat(socket.stage()).isEqualTo(ConnectStage.AWAITING_CONNACK);
        socket.stop();
    }

    @Test
    void staysAtTheHandshakeWithABrokerThatDoesNotAnswerIt() {
        staysAt(ConnectStage.SECURING, Optional.of((SSLSocketFactory) SSLSocketFactory.getDefault()));
    }

    @Test
    void staysAtConnectingWhileNothingAccepts() throws Exception {
        for (int i = 0; i < 2; i++) {
            queue.add(new Socket(server.getInetAddress(), server.getLocalPort()));
        }

        staysAt(ConnectStage.CONNECTING, Optional.empty());
    }

    private void staysAt(ConnectStage stage, Optional<SSLSocketFactory> tls) {
        BrokerSocket socket = socket(tls);
        CompletableFuture<Void> attempt = CompletableFuture.runAsync(() -> start(socket));
        Eventually.isSo("the stage", () -> socket.stage() == stage);

        socket.stop();

        assertThat(attempt).failsWithin(Duration.ofSeconds(30));
        assertThat(socket.stage()).isEqualTo(stage);
    }

    private static void start(BrokerSocket socket) {
        try {
            socket.start();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private BrokerSocket socket(Optional<SSLSocketFactory> tls) {
        return new BrokerSocket(
                new BrokerSettings(
                        "127.0.0.1",
                        server.getLocalPort(),
                        "test",
                        Optional.empty(),
                        Duration.ZERO,
                        Optional.empty(),
                        Optional.empty()),
                tls);
    }

    /** An attempt is given up after 8 s, and the last address of a name must have its turn before. */
    @Test
    void reachesTheLastAddressOfANameWithinOneAttempt() {
        assertThat(BrokerSocket.millisForEach(1)).isEqualTo(5_000);
        for (int addresses = 2; addresses < 20; addresses++) {
            assertThat(addresses * BrokerSocket.millisForEach(addresses)).isBetween(6_000, 7_000);
        }
    }
}
