package io.lightnvr.mqtt.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkCheckTest {

    private final List<String> lines = new ArrayList<>();

    @Test
    void explainsLocalhostToThoseInAContainer() throws IOException {
        boolean isReachable = isReachable(closedPort());

        assertThat(isReachable).isFalse();
        assertThat(lines.get(1))
                .endsWith(" -> start it, or correct nvr.url; in a container, 127.0.0.1 is the container itself");
    }

    @Test
    void isContentWithAPortThatIsOpen() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(isReachable(server.getLocalPort())).isTrue();

            assertThat(lines)
                    .containsExactly(
                            "ok recorder: 127.0.0.1 is an address",
                            "ok recorder: port " + server.getLocalPort() + " is open");
        }
    }

    private boolean isReachable(int port) {
        CheckReport report = new CheckReport(finding -> lines.add(finding.severity() + " " + finding));
        return NetworkCheck.isReachable(report.part("recorder"), "127.0.0.1", port, "nvr.url");
    }

    private static int closedPort() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return server.getLocalPort();
        }
    }
}
