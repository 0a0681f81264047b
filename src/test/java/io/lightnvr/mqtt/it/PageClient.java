package io.lightnvr.mqtt.it;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A connection to the page over which anything can be said. */
final class PageClient implements AutoCloseable {

    private static final int SOME = 4 << 10;

    private final Socket socket = new Socket();
    private final InputStream in;

    /** Connects from the loopback, with room for a few bytes only. */
    PageClient(int port) {
        try {
            socket.setReceiveBufferSize(4 << 10);
            socket.setSoTimeout((int) Arrivals.PATIENCE.toMillis());
            socket.connect(new InetSocketAddress("127.0.0.1", port));
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks for a path, and reads the whole answer. */
    static String get(int port, String path) {
        return ask(port, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    }

    /** Says something, and reads all that comes. */
    static String ask(int port, String words) {
        try (PageClient client = new PageClient(port)) {
            return client.say(words).rest();
        }
    }

    /** Asks for a path on a connection that stays. */
    PageClient sayGet(String path) {
        return say("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    /** Says something; that the other side has gone shows when reading. */
    PageClient say(String words) {
        try {
            socket.getOutputStream().write(words.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            // It may have refused what it has heard so far.
        }
        return this;
    }

    /** Says that nothing more will be said. */
    PageClient endOfWords() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            // It has gone already.
        }
        return this;
    }

    /** Reads up to an end, which is a part of what it returns. */
    String until(String end) {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end, Math.max(0, text.length() - end.length() - 1)) < 0) {
            int next = next();
            if (next < 0) {
                throw new AssertionError("No " + end + " in " + text);
            }
            text.append((char) next);
        }
        return text.toString();
    }

    /** Whether anything comes. */
    boolean isAnswered() {
        return next() >= 0;
    }

    /** Reads to the end. */
    String rest() {
        StringBuilder text = new StringBuilder();
        for (int next = next(); next >= 0; next = next()) {
            text.append((char) next);
        }
        return text.toString();
    }

    /** How many bytes come to the end. */
    long restLength() {
        long length = 0;
        try {
            for (int read = in.read(new byte[SOME]); read >= 0; read = in.read(new byte[SOME])) {
                length += read;
            }
            return length;
        } catch (SocketException e) {
            return length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int next() {
        try {
            return in.read();
        } catch (SocketException e) {
            return -1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
