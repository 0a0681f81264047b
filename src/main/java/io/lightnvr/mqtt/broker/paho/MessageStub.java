package io.lightnvr.mqtt.broker.paho;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/**
 * What Paho is given in the place of a message that it would not survive: one without content on a topic that nobody reads. So it is
 * acknowledged; a broker sends only so many messages ahead, and would otherwise send no more once these were all of them.
 */
final class MessageStub {

    /** The most bytes of a message that lie before its properties: a topic and a packet identifier. */
    static final int MOST_BYTES_READ = 2 + 65_535 + 2;

    private static final int TYPE_AND_QOS = 0xF6;
    private static final int QOS = 0x06;
    private static final int NO_PROPERTIES = 0;

    private MessageStub() {}

    /**
     * The packet.
     *
     * @param first the first byte of the message
     * @param body its first bytes behind the length
     * @return nothing for a message that wants no acknowledgement
     */
    static Optional<byte[]> of(int first, byte[] body) {
        if (!hasIdentifier(first)) {
            return Optional.empty();
        }
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(first & TYPE_AND_QOS);
        int identifier = topicEnd(body, 0);
        byte[] topic = {0, 1, '-'};
        packet.write(topic.length + 2 + 1);
        packet.writeBytes(topic);
        for (int i = identifier; i < identifier + 2; i++) {
            packet.write(i < body.length ? body[i] : 0);
        }
        packet.write(NO_PROPERTIES);
        return Optional.of(packet.toByteArray());
    }

    /** Whether a message with this first byte has a packet identifier behind its topic, and wants to be acknowledged by it. */
    static boolean hasIdentifier(int first) {
        return (first & QOS) != 0;
    }

    /** Where the topic of a message ends that begins with its length; a length that is cut off counts as 0. */
    static int topicEnd(byte[] bytes, int at) {
        int length = at + 1 < bytes.length ? (bytes[at] & 0xFF) << Byte.SIZE | bytes[at + 1] & 0xFF : 0;
        return at + 2 + length;
    }
}
