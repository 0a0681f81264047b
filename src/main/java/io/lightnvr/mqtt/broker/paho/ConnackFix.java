package io.lightnvr.mqtt.broker.paho;

import io.lightnvr.mqtt.broker.ReasonCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * What a broker sends, with a CONNACK that Paho can take: lowers a Receive Maximum of 32,768 or more to 32,767. Paho reads its
 * 16 bits as a signed number, and with a negative one sends no message of QoS 1 or 2. Everything else passes unchanged, and what
 * Paho cannot say of a CONNACK is told: its reason, and a property that MQTT 5 does not have there.
 */
final class ConnackFix extends FilterInputStream {

    private static final int RECEIVE_MAXIMUM = 0x21;
    private static final int MAX_BYTES = 65_536;
    private static final int CONNACK = 0x20;
    private static final int HEAD_BYTES = 5;
    private static final int TEXT = -1;
    private static final int TWO_TEXTS = -2;

    /** The properties of a CONNACK and their sizes in bytes: MQTT 5, section 3.2.2.3. */
    private static final Map<Integer, Integer> SIZES = Map.ofEntries(
            Map.entry(0x11, 4),
            Map.entry(0x12, TEXT),
            Map.entry(0x13, 2),
            Map.entry(0x15, TEXT),
            Map.entry(0x16, TEXT),
            Map.entry(0x1A, TEXT),
            Map.entry(0x1C, TEXT),
            Map.entry(0x1F, TEXT),
            Map.entry(RECEIVE_MAXIMUM, 2),
            Map.entry(0x22, 2),
            Map.entry(0x24, 1),
            Map.entry(0x25, 1),
            Map.entry(0x26, TWO_TEXTS),
            Map.entry(0x27, 4),
            Map.entry(0x28, 1),
            Map.entry(0x29, 1),
            Map.entry(0x2A, 1));

    private final Seen seen;
    private InputStream first;

    /** Hears what a CONNACK holds. */
    interface Seen {

        /** The broker's answer. */
        void reason(ReasonCode reason);

        /** A property that a CONNACK of MQTT 5 does not have. */
        void unknownProperty(int id);
    }

    ConnackFix(InputStream in, Seen seen) {
        super(in);
        this.seen = seen;
    }

    @Override
    public int read() throws IOException {
        int value = first().read();
        return value < 0 ? super.read() : value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = first().read(bytes, offset, length);
        return count < 0 ? super.read(bytes, offset, length) : count;
    }

    private InputStream first() throws IOException {
        if (first == null) {
            byte[] packet = firstPacket();
            if (packet.length > 0 && packet[0] == CONNACK) {
                fix(packet);
            }
            first = new ByteArrayInputStream(packet);
        }
        return first;
    }

    /** The first packet if it is a CONNACK, or as much of it as was sent; else its first byte. */
    private byte[] firstPacket() throws IOException {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        int type = in.read();
        if (type < 0) {
            return new byte[0];
        }
        packet.write(type);
        if (type == CONNACK) {
            int value = 0x80;
            while ((value & 0x80) != 0 && packet.size() < HEAD_BYTES) {
                value = in.read();
                if (value < 0) {
                    return packet.toByteArray();
                }
                packet.write(value);
            }
            int length = number(ByteBuffer.wrap(packet.toByteArray()).position(1));
            packet.writeBytes(in.readNBytes(Math.min(length, MAX_BYTES)));
        }
        return packet.toByteArray();
    }

    private void fix(byte[] packet) {
        ByteBuffer bytes = ByteBuffer.wrap(packet);
        try {
            bytes.get();
            number(bytes);
            bytes.get(); // flags
            seen.reason(new ReasonCode(bytes.get() & 0xFF));
            number(bytes);
            while (bytes.hasRemaining()) {
                int id = number(bytes);
                if (!SIZES.containsKey(id)) {
                    seen.unknownProperty(id);
                }
                if (id == RECEIVE_MAXIMUM && bytes.getShort(bytes.position()) < 0) {
                    bytes.putShort(bytes.position(), Short.MAX_VALUE);
                }
                skip(bytes, SIZES.getOrDefault(id, Integer.MAX_VALUE));
            }
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            // A truncated or unknown packet: Paho reports it.
        }
    }

    private static void skip(ByteBuffer bytes, int size) {
        if (size == TWO_TEXTS) {
            skip(bytes, TEXT);
        }
        int length = size < 0 ? Short.toUnsignedInt(bytes.getShort()) : size;
        bytes.position(Math.addExact(bytes.position(), Math.min(length, MAX_BYTES + 1)));
    }

    /** A variable byte integer. */
    private static int number(ByteBuffer bytes) {
        int number = 0;
        int value = 0x80;
        for (int shift = 0; shift <= 21 && (value & 0x80) != 0; shift += 7) {
            value = bytes.get();
            number |= (value & 0x7F) << shift;
        }
        return number;
    }
}
