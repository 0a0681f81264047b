package io.lightnvr.mqtt.it;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A broker that takes connections, reads what comes, and says next to nothing. */
final class SilentServer implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final ConcurrentLinkedQueue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final AtomicInteger clients = new AtomicInteger();
    private final byte[] answer;

    /** One that never answers. */
    SilentServer() throws IOException {
        this(new byte[0]);
    }

    /** One that sends each client, once it has said something, the same bytes. */
    SilentServer(byte[] answer) throws IOException {
        this.answer = answer.clone();
        Thread acceptor = new Thread(this::accept, "silent server");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    int port() {
        return server.getLocalPort();
    }

    /** Waits until a client has connected and said something. */
    void awaitClient() {
        Eventually.isSo("a client of the silent server", () -> clients() > 0);
    }

    /** How many have connected and said something. */
    int clients() {
        return clients.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                sockets.add(socket);
                Thread reader = new Thread(() -> serve(socket), "silent connection");
                reader.setDaemon(true);
                reader.start();
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            if (in.read() >= 0) {
                clients.incrementAndGet();
                socket.getOutputStream().write(answer);
                in.skip(Long.MAX_VALUE);
            }
        } catch (IOException e) {
            // The client is gone.
        }
    }
}
