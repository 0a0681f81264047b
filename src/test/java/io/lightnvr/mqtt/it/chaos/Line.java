package io.lightnvr.mqtt.it.chaos;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;

/** One connection of a {@link Wire}. Thread-safe. */
final class Line implements AutoCloseable {

    private static final int BUFFER = 16_384;

    private final Socket client;
    private final Socket server;
    private final Runnable passage;
    private final InputStream questions;
    private final OutputStream toServer;
    private final InputStream answers;
    private final OutputStream toClient;
    private volatile boolean deaf;

    /** @param passage returns when something may pass */
    Line(Socket client, Socket server, Runnable passage) throws IOException {
        this.client = client;
        this.server = server;
        this.passage = passage;
        this.questions = client.getInputStream();
        this.toServer = server.getOutputStream();
        this.answers = server.getInputStream();
        this.toClient = client.getOutputStream();
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
    }

    /** Carries what the client sends until the connection ends. */
    void carryQuestions() {
        carry(questions, toServer, false);
    }

    /** Carries what the server sends until the connection ends; to no one, once the client is told that it is over. */
    void carryAnswers() {
        carry(answers, toClient, true);
    }

    private void carry(InputStream in, OutputStream out, boolean backwards) {
        try {
            byte[] buffer = new byte[BUFFER];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                passage.run();
                if (!backwards || !deaf) {
                    out.write(buffer, 0, n);
                }
            }
        } catch (IOException e) {
            // It broke, as wires do.
        } finally {
            close();
        }
    }

    /** Tells the client that nothing more will come, while what the client sends goes on. */
    void deafen() {
        deaf = true;
        try {
            client.shutdownOutput();
        } catch (IOException e) {
            close();
        }
    }

    boolean isDeaf() {
        return deaf;
    }

    /** Breaks it, by RST. */
    void reset() {
        try {
            client.setSoLinger(true, 0);
            server.setSoLinger(true, 0);
        } catch (IOException e) {
            // It is closed already.
        }
        close();
    }

    @Override
    public void close() {
        closeNow(client);
        closeNow(server);
    }

    static void closeNow(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Closing a socket", e);
        }
    }
}
