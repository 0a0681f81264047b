package io.lightnvr.mqtt.it;

import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.source.lightnvr.RawServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ServerSocketFactory;

/** Stands before a recorder, and answers calls in its place while a test wants that. Thread-safe. */
final class HostileFront implements AutoCloseable {

    private final SimulatedRecorder recorder;
    private final RawServer server;
    private volatile Optional<Trouble> trouble = Optional.empty();

    /** What calls with a path are answered with. */
    private record Trouble(String pathPrefix, RawServer.Handler handler) {}

    HostileFront(SimulatedRecorder recorder) {
        this(recorder, ServerSocketFactory.getDefault(), 0);
    }

    /** @param port where it listens; 0 for any free one */
    HostileFront(SimulatedRecorder recorder, ServerSocketFactory sockets, int port) {
        this.recorder = recorder;
        this.server = new RawServer(sockets, port, this::answer);
    }

    URI url() {
        return server.url();
    }

    /** From now on calls are answered like this. */
    void trouble(String pathPrefix, RawServer.Handler handler) {
        trouble = Optional.of(new Trouble(pathPrefix, handler));
    }

    /** From now on the recorder answers. */
    void makePeace() {
        trouble = Optional.empty();
    }

    @Override
    public void close() {
        server.close();
    }

    private void answer(RawServer.Request request, OutputStream out) throws IOException {
        Optional<Trouble> now = trouble.filter(some -> request.path().startsWith(some.pathPrefix()));
        if (now.isPresent()) {
            now.get().handler().answer(request, out);
        } else {
            pass(request, out);
        }
        throw new IOException("One call for a connection");
    }

    private void pass(RawServer.Request request, OutputStream out) throws IOException {
        try (Socket behind = new Socket(InetAddress.getLoopbackAddress(), recorder.port())) {
            String head =
                    request.head().replaceAll("(?im)^connection:.*\\R?", "").strip();
            String whole = head + "\r\nConnection: close\r\n\r\n" + request.body();
            behind.getOutputStream().write(whole.getBytes(StandardCharsets.UTF_8));
            behind.getInputStream().transferTo(out);
        }
    }
}
