package io.lightnvr.mqtt.it.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightnvr.mqtt.it.Ports;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WireTest {

    private static final int SHORT = 60;
    private static final int PATIENCE = 60_000;

    private ServerSocket server;
    private Wire wire;
    private Socket client;
    private Socket served;

    @BeforeEach
    void connect() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        wire = new Wire("test", Ports.free(), server.getLocalPort());
        client = new Socket(InetAddress.getLoopbackAddress(), wire.port());
        served = server.accept();
        client.setSoTimeout(PATIENCE);
        served.setSoTimeout(PATIENCE);
        client.getOutputStream().write(0);
        served.getInputStream().read();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        served.close();
        wire.close();
        server.close();
    }

    @Test
    void carriesBothWays() throws IOException {
        client.getOutputStream().write(1);
        served.getOutputStream().write(2);

        assertThat(served.getInputStream().read()).isEqualTo(1);
        assertThat(client.getInputStream().read()).isEqualTo(2);
    }

    @Test
    void breaksWhatIsConnectedWhenItIsCut() throws IOException {
        wire.cut();

        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
        try (Socket again = new Socket(InetAddress.getLoopbackAddress(), wire.port());
                Socket accepted = server.accept()) {
            accepted.getOutputStream().write(3);
            assertThat(again.getInputStream().read()).isEqualTo(3);
        }
    }

    @Test
    void refusesUntilItIsOpened() throws IOException {
        wire.refuse();

        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), wire.port()))
                .isInstanceOf(ConnectException.class);
        wire.open();
        new Socket(InetAddress.getLoopbackAddress(), wire.port()).close();
    }

    @Test
    void keepsWhatIsSentWhileItIsSilent() throws IOException {
        wire.silence();
        client.getOutputStream().write(4);
        served.setSoTimeout(SHORT);

        assertThatThrownBy(() -> served.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        wire.open();
        served.setSoTimeout(PATIENCE);
        assertThat(served.getInputStream().read()).isEqualTo(4);
    }

    @Test
    void carriesLaterWhenItIsSlow() throws IOException {
        wire.slow(Duration.ofMillis(SHORT));
        long begun = System.nanoTime();
        client.getOutputStream().write(5);

        assertThat(served.getInputStream().read()).isEqualTo(5);
        assertThat(System.nanoTime() - begun)
                .isGreaterThanOrEqualTo(Duration.ofMillis(SHORT).toNanos());
    }

    @Test
    void carriesOneWayOnlyWhenItIsHalfClosed() throws IOException {
        wire.halfClose();
        served.getOutputStream().write(6);
        client.getOutputStream().write(7);

        assertThat(client.getInputStream().read()).isEqualTo(-1);
        assertThat(served.getInputStream().read()).isEqualTo(7);
        wire.open();
        assertThat(served.getInputStream().read()).isEqualTo(-1);
    }
}
