package io.lightnvr.mqtt.broker.paho;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;

/**
 * What a broker sends, with answers to messages that Paho can take. Everything else passes unchanged.
 *
 * <p>Paho ends the connection for a PUBREC with a reason of 0x80 or above, as if the broker had refused the client, instead of
 * completing that message. MQTT 5, section 4.3.3, ends such a message without a PUBREL; a PUBACK with the same packet identifier
 * and reason makes Paho do that.
 *
 * <p>Paho ends the connection, too, for a reason that MQTT 5 does not name for that packet, such as the 0x01 of mochi-mqtt 2.7.9,
 * and the message would come again and again. By section 2.4 a reason below 0x80 is success and any other a failure, so a reason
 * that Paho does not know becomes one that says no more than that.
 *
 * <p>Paho takes as much memory for a packet as its first five bytes say, up to 256 MiB. A message that is larger than any for this
 * bridge is skipped, and so is one that {@link PacketCheck} keeps from Paho; a {@link MessageStub} has Paho acknowledge it. Any other
 * such packet ends the stream.
 */
final class PublishAnswerFix extends FilterInputStream {

    private static final int TYPE = 0xF0;
    private static final int PUBLISH = 0x30;
    private static final int PUBACK = 0x40;
    private static final int PUBREC = 0x50;
    private static final int PUBREL = 0x60;
    private static final int PUBCOMP = 0x70;
    private static final int FIRST_REFUSAL = 0x80;
    private static final int PACKET_UNKNOWN = 0x92;

    /** What Paho takes in a PUBACK, which is less than MQTT 5 names. */
    private static final Set<Integer> KNOWN = Set.of(0x00, 0x10, FIRST_REFUSAL, 0x83, 0x87, 0x90, 0x97, 0x99);

    /** The most bytes behind the length of a packet: far more than a large device's announcement has. */
    static final int MOST_BYTES = 256 << 10;

    /** Bytes of the packet identifier, which the reason follows. */
    private static final int IDENTIFIER_BYTES = 2;

    /** The packet that is read, of which this much is passed on. */
    private byte[] packet = new byte[0];

    private int passed;

    PublishAnswerFix(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (passed == packet.length) {
            nextPacket();
        }
        if (packet.length == 0) {
            return -1;
        }
        int count = Math.min(length, packet.length - passed);
        System.arraycopy(packet, passed, bytes, offset, count);
        passed += count;
        return count;
    }

    private void nextPacket() throws IOException {
        Optional<byte[]> next = readPacket();
        while (next.isEmpty()) {
            next = readPacket();
        }
        packet = next.get();
        passed = 0;
    }

    /** Reads a whole packet, or as much of it as was sent; nothing if it is skipped and wants no acknowledgement. */
    private Optional<byte[]> readPacket() throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        int type = in.read();
        if (type < 0) {
            return Optional.of(new byte[0]);
        }
        read.write(type);
        int length = readLength(read);
        if (length > MOST_BYTES && (type & TYPE) == PUBLISH) {
            byte[] start = in.readNBytes(MessageStub.MOST_BYTES_READ);
            in.skipNBytes(length - start.length);
            return MessageStub.of(type, start);
        } else if (length > MOST_BYTES) {
            throw new IOException("The broker sent a packet that is larger than any");
        }
        int reasonAt = read.size() + IDENTIFIER_BYTES;
        byte[] body = in.readNBytes(length);
        read.writeBytes(body);
        byte[] whole = read.toByteArray();
        if (isAnswer(type & TYPE) && reasonAt < whole.length) {
            mend(whole, type & TYPE, reasonAt);
        }
        return PacketCheck.canBeTaken(whole) ? Optional.of(whole) : MessageStub.of(type, body);
    }

    private static boolean isAnswer(int type) {
        return type == PUBACK || type == PUBREC || type == PUBREL || type == PUBCOMP;
    }

    private static void mend(byte[] packet, int type, int reasonAt) {
        int reason = packet[reasonAt] & 0xFF;
        if (type == PUBREC && reason >= FIRST_REFUSAL) {
            packet[0] = (byte) PUBACK;
        }
        if (type == PUBACK || type == PUBREC) {
            packet[reasonAt] = (byte) (KNOWN.contains(reason) ? reason : reason & FIRST_REFUSAL);
        } else {
            packet[reasonAt] = (byte) (reason < FIRST_REFUSAL ? 0 : PACKET_UNKNOWN);
        }
    }

    /** Reads a variable byte integer, at most four bytes of it. */
    private int readLength(ByteArrayOutputStream read) throws IOException {
        int length = 0;
        int value = 0x80;
        for (int shift = 0; shift <= 21 && (value & 0x80) != 0; shift += 7) {
            value = in.read();
            if (value < 0) {
                return 0;
            }
            read.write(value);
            length |= (value & 0x7F) << shift;
        }
        return length;
    }
}
