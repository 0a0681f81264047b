package io.lightnvr.mqtt.it;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client of MQTT 3.1.1 that publishes as fast as the broker takes it, with QoS 0. For one thread. */
public final class Spammer implements AutoCloseable {

    private static final int CONNECT = 0x10;
    private static final int PUBLISH = 0x30;
    private static final int RETAIN = 1;
    private static final int PINGREQ = 0xC0;
    private static final int PINGRESP = 0xD0;
    private static final int CONNACK = 0x20;
    private static final int CLEAN = 2;
    private static final int LOW_BITS = 0x7F;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    private Spammer(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), 1 << 16));
    }

    /** Connects to a broker on the loopback that lets everybody in. */
    public static Spammer connect(TestBed bed, int port, String clientId) {
        try {
            Spammer spammer = bed.own(new Spammer(new Socket(InetAddress.getLoopbackAddress(), port)));
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            DataOutputStream data = new DataOutputStream(body);
            data.writeUTF("MQTT");
            data.write(new byte[] {4, CLEAN, 0, 0});
            data.writeUTF(clientId);
            spammer.packet(CONNECT, body.toByteArray());
            spammer.expect(CONNACK, 3);
            return spammer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Publishes a message that the broker keeps; an empty one makes it forget what it keeps. */
    public void keep(String topic, byte[] payload) {
        publish(topic, payload, RETAIN);
    }

    /** Publishes a message. */
    public void say(String topic, String payload) {
        publish(topic, payload.getBytes(StandardCharsets.UTF_8), 0);
    }

    private void publish(String topic, byte[] payload, int flags) {
        try {
            byte[] name = topic.getBytes(StandardCharsets.UTF_8);
            ByteArrayOutputStream body = new ByteArrayOutputStream(name.length + payload.length + 2);
            body.write(name.length >> Byte.SIZE);
            body.write(name.length);
            body.writeBytes(name);
            body.writeBytes(payload);
            packet(PUBLISH | flags, body.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the broker has taken all that was published. */
    public void awaitTaken() {
        try {
            packet(PINGREQ, new byte[0]);
            expect(PINGRESP, 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void expect(int type, int rest) throws IOException {
        out.flush();
        int came = in.read();
        if (came != type) {
            throw new IOException("The broker answers with " + came + " instead of " + type);
        }
        in.readFully(new byte[rest]);
    }

    private void packet(int type, byte[] body) throws IOException {
        out.write(type);
        int length = body.length;
        do {
            int low = length & LOW_BITS;
            length >>= 7;
            out.write(length > 0 ? low | LOW_BITS + 1 : low);
        } while (length > 0);
        out.write(body);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
