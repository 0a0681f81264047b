package io.lightnvr.mqtt.broker.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.broker.BrokerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TlsProbeTest {

    @Test
    void asksWhetherAPortThatHangsUpSpeaksTls() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 2, InetAddress.getLoopbackAddress())) {
            Thread hangsUp = new Thread(() -> hangUpTwice(server));
            hangsUp.start();

            TlsProbe probe = TlsProbe.at(settings(server.getLocalPort()));

            hangsUp.join();
            assertThat(probe.certificate()).isEmpty();
            assertThat(probe.refusal())
                    .contains("TLS to the broker localhost:" + server.getLocalPort()
                            + " fails: the connection ended during"
                            + " the handshake; does this port speak TLS, and does the broker expect a certificate?");
        }
    }

    private static void hangUpTwice(ServerSocket server) {
        try {
            server.accept().close();
            server.accept().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BrokerSettings settings(int port) {
        return new BrokerSettings(
                "localhost",
                port,
                "test",
                Optional.empty(),
                Duration.ofSeconds(60),
                Optional.of(new BrokerSettings.Tls(Optional.empty(), Optional.empty())),
                Optional.empty());
    }
}
