package io.lightnvr.mqtt.broker.paho;

import io.lightnvr.mqtt.broker.BrokerSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A broker on the loopback that grants one connection and then reads nothing more, as a process does that is stopped, or
 * a peer behind a dead NAT.
 */
final class FrozenBroker implements AutoCloseable {

    private static final int BACKLOG = 1;
    private static final int RECEIVE_BUFFER_BYTES = 16_384;
    private static final byte[] CONNACK = {0x20, 3, 0, 0, 0};
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final boolean tls;
    private final ServerSocket server;
    private final CompletableFuture<Socket> accepted = new CompletableFuture<>();

    /** Kept, since a TLS socket that is collected as garbage says farewell. */
    private volatile Socket granted;

    private FrozenBroker(boolean tls) throws IOException {
        this.tls = tls;
        this.server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        server.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
        Thread thread = new Thread(this::grant, "frozen broker");
        thread.setDaemon(true);
        thread.start();
    }

    static FrozenBroker plain() throws IOException {
        return new FrozenBroker(false);
    }

    static FrozenBroker tls() throws IOException {
        return new FrozenBroker(true);
    }

    BrokerSettings settings() {
        return new BrokerSettings(
                "127.0.0.1",
                server.getLocalPort(),
                "test",
                Optional.empty(),
                Duration.ZERO,
                tls
                        ? Optional.of(new BrokerSettings.Tls(Optional.of(file("server.pem")), Optional.empty()))
                        : Optional.empty(),
                Optional.empty());
    }

    /** Sends bytes to the client that it has granted. */
    void say(byte... bytes) throws IOException {
        granted.getOutputStream().write(bytes);
    }

    private void grant() {
        try {
            Socket socket = server.accept();
            granted = tls ? secured(socket) : socket;
            granted.getInputStream().read();
            granted.getOutputStream().write(CONNACK);
            accepted.complete(socket);
        } catch (IOException | GeneralSecurityException e) {
            accepted.completeExceptionally(e);
        }
    }

    private static Socket secured(Socket socket) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(file("server.p12").toFile(), PASSWORD);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        SSLSocket secured = (SSLSocket) context.getSocketFactory().createSocket(socket, null, false);
        secured.setUseClientMode(false);
        return secured;
    }

    private static Path file(String name) {
        try {
            return Path.of(FrozenBroker.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        if (accepted.isDone() && !accepted.isCompletedExceptionally()) {
            accepted.join().close();
        }
    }
}
