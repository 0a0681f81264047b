package io.lightnvr.mqtt.it;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A broker of MQTT 5 that answers by bytes as a test wants it to, for answers that no other broker here gives. It takes QoS 0 and 1,
 * and delivers no more than what it is said to keep.
 */
final class ScriptedBroker implements AutoCloseable {

    private static final int CONNECT = 1;
    private static final int PUBLISH = 3;
    private static final int SUBSCRIBE = 8;
    private static final int UNSUBSCRIBE = 10;
    private static final int PINGREQ = 12;
    private static final int QOS = 0x06;
    private static final int RETAIN_HANDLING = 0x30;
    private static final int NO_RETAINED = 0x20;
    private static final int BACKLOG = 10;

    private final ServerSocket server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final Arrivals<String> connected = new Arrivals<>("clients of the scripted broker");
    private final Arrivals<String> published = new Arrivals<>("messages at the scripted broker");
    private final Arrivals<String> subscribed = new Arrivals<>("subscriptions at the scripted broker");
    private final Script script;

    /** What it answers. A test overrides what matters to it. */
    interface Script {

        /** The properties of each CONNACK. */
        default byte[] connack() {
            return new byte[0];
        }

        /**
         * The reason code of a PUBACK.
         *
         * @param topic of the message
         */
        default int puback(String topic) {
            return 0;
        }

        /** The reason code of a SUBACK. */
        default int suback(String topicFilter) {
            return 1;
        }

        /** What it keeps on a topic, shown to subscriptions of the whole topic alone. */
        default Optional<String> kept(String topic) {
            return Optional.empty();
        }
    }

    ScriptedBroker(Script script) throws IOException {
        this.script = script;
        start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** The ids of the clients that have connected. */
    Arrivals<String> connected() {
        return connected;
    }

    /** The topics of the messages that it took, a line each. */
    Arrivals<String> published() {
        return published;
    }

    /** The topic filters to which it agreed. */
    Arrivals<String> subscribed() {
        return subscribed;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() throws IOException {
        while (true) {
            Socket socket = server.accept();
            sockets.add(socket);
            start(() -> serve(socket));
        }
    }

    private void serve(Socket socket) throws IOException {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (true) {
                int head = in.readUnsignedByte();
                byte[] body = new byte[number(in)];
                in.readFully(body);
                answer(head, ByteBuffer.wrap(body), socket.getOutputStream());
            }
        }
    }

    private void answer(int head, ByteBuffer body, OutputStream out) throws IOException {
        switch (head >> 4) {
            case CONNECT -> connect(body, out);
            case PUBLISH -> publish(head, body, out);
            case SUBSCRIBE -> subscribe(body, out);
            case UNSUBSCRIBE -> {
                // As rumqttd does with a subscription that there is not.
            }
            case PINGREQ -> out.write(new byte[] {(byte) 0xD0, 0});
            default -> {
                // Answers that need no answer.
            }
        }
    }

    private void connect(ByteBuffer body, OutputStream out) throws IOException {
        text(body);
        body.position(body.position() + 4); // version, flags, keep-alive
        skipProperties(body);
        connected.add(text(body));
        byte[] properties = script.connack();
        out.write(ByteBuffer.allocate(5 + properties.length)
                .put(new byte[] {0x20, (byte) (3 + properties.length), 0, 0, (byte) properties.length})
                .put(properties)
                .array());
    }

    private void publish(int head, ByteBuffer body, OutputStream out) throws IOException {
        String topic = text(body);
        int reason = (head & QOS) == 0 ? 0 : script.puback(topic);
        if ((head & QOS) != 0) {
            out.write(new byte[] {0x40, 3, body.get(), body.get(), (byte) reason});
        }
        if (reason < 0x80) {
            published.add(topic);
        }
    }

    private void subscribe(ByteBuffer body, OutputStream out) throws IOException {
        byte[] id = {body.get(), body.get()};
        skipProperties(body);
        String filter = text(body);
        int reason = script.suback(filter);
        out.write(new byte[] {(byte) 0x90, 4, id[0], id[1], 0, (byte) reason});
        if (reason < 0x80) {
            subscribed.add(filter);
            if ((body.get() & RETAIN_HANDLING) != NO_RETAINED) {
                deliver(filter, script.kept(filter), out);
            }
        }
    }

    private static void deliver(String topic, Optional<String> kept, OutputStream out) throws IOException {
        if (kept.isPresent()) {
            byte[] name = topic.getBytes(StandardCharsets.UTF_8);
            byte[] text = kept.get().getBytes(StandardCharsets.UTF_8);
            int length = 2 + name.length + 1 + text.length;
            out.write(ByteBuffer.allocate(2 + length)
                    .put((byte) 0x31)
                    .put((byte) length)
                    .putShort((short) name.length)
                    .put(name)
                    .put((byte) 0)
                    .put(text)
                    .array());
        }
    }

    private static String text(ByteBuffer bytes) {
        byte[] text = new byte[Short.toUnsignedInt(bytes.getShort())];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    /** Those of CONNECT and SUBSCRIBE are short. */
    private static void skipProperties(ByteBuffer bytes) {
        int length = bytes.get();
        bytes.position(bytes.position() + length);
    }

    /** A variable byte integer. */
    private static int number(DataInputStream in) throws IOException {
        int number = 0;
        int value = 0x80;
        for (int shift = 0; (value & 0x80) != 0; shift += 7) {
            value = in.readUnsignedByte();
            number |= (value & 0x7F) << shift;
        }
        return number;
    }

    private static void start(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException | UncheckedIOException e) {
                        // The client is gone, or the test is over.
                    }
                },
                "scripted broker");
        thread.setDaemon(true);
        thread.start();
    }

    private interface Work {
        void run() throws IOException;
    }
}
