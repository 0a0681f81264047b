package io.lightnvr.mqtt.broker.paho;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * What a broker sends, with refusals of QoS 2 messages that Paho can take. Paho ends the connection for a PUBREC with a reason
 * of 0x80 or above, as if the broker had refused the client, instead of completing that message. MQTT 5, section 4.3.3, ends
 * such a message without a PUBREL; a PUBACK with the same packet identifier and reason makes Paho do that. Everything else
 * passes unchanged.
 */
final class RefusedPubrecFix extends FilterInputStream {

    private static final int TYPE = 0xF0;
    private static final int PUBREC = 0x50;
    private static final int PUBACK = 0x40;
    private static final int FIRST_REFUSAL = 0x80;

    /** A longer PUBREC passes unchanged; it would hold more than a reason string. */
    private static final int MAX_BYTES = 65_536;

    /** Bytes of a PUBREC's packet identifier, which its reason follows. */
    private static final int IDENTIFIER_BYTES = 2;

    private byte[] head = new byte[0];
    private int headPosition;
    private int bodyLeft;

    RefusedPubrecFix(InputStream in) {
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
        if (headPosition == head.length && bodyLeft == 0) {
            nextPacket();
        }
        if (headPosition < head.length) {
            int count = Math.min(length, head.length - headPosition);
            System.arraycopy(head, headPosition, bytes, offset, count);
            headPosition += count;
            return count;
        }
        int count = super.read(bytes, offset, Math.min(length, Math.max(1, bodyLeft)));
        bodyLeft -= Math.max(0, Math.min(count, bodyLeft));
        return count;
    }

    /** Reads the fixed header of the next packet, and the whole of it if it is a PUBREC. */
    private void nextPacket() throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        int type = in.read();
        if (type >= 0) {
            read.write(type);
            bodyLeft = readLength(read);
        }
        if ((type & TYPE) == PUBREC && type >= 0 && bodyLeft <= MAX_BYTES) {
            byte[] body = in.readNBytes(bodyLeft);
            bodyLeft -= body.length;
            read.writeBytes(body);
            head = read.toByteArray();
            if (body.length > IDENTIFIER_BYTES && (body[IDENTIFIER_BYTES] & 0xFF) >= FIRST_REFUSAL) {
                head[0] = (byte) PUBACK;
            }
        } else {
            head = read.toByteArray();
        }
        headPosition = 0;
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
