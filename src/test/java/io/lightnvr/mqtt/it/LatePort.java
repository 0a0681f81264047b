package io.lightnvr.mqtt.it;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A port that refuses connections until it is opened, and then leads to another one. */
final class LatePort implements Closeable {

    private static final int BACKLOG = 5;

    private final int port = Ports.free();
    private final Queue<Closeable> open = new ConcurrentLinkedQueue<>();

    int port() {
        return port;
    }

    /** From now on it leads to this port. */
    void open(int target) {
        try {
            ServerSocket server = new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
            open.add(server);
            start(() -> accept(server, target));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        for (Closeable end : open) {
            end.close();
        }
    }

    private void accept(ServerSocket server, int target) throws IOException {
        while (true) {
            Socket near = server.accept();
            Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            open.add(near);
            open.add(far);
            start(() -> pass(near, far));
            start(() -> pass(far, near));
        }
    }

    private static void pass(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        }
    }

    private static void start(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // One of the two has hung up.
                    }
                },
                "late port");
        thread.setDaemon(true);
        thread.start();
    }

    private interface Work {
        void run() throws IOException;
    }
}
