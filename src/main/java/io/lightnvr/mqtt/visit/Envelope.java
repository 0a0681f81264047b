package io.lightnvr.mqtt.visit;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Bytes behind the version of their format (1 byte) and their CRC-32 (4 bytes, big-endian): damage, or a file of another version
 * of the bridge, shows before anything is read.
 */
final class Envelope {

    private static final int HEADER = Byte.BYTES + Integer.BYTES;

    private Envelope() {}

    static byte[] wrap(byte version, byte[] body) {
        return ByteBuffer.allocate(HEADER + body.length)
                .put(version)
                .putInt(crc(body, 0))
                .put(body)
                .array();
    }

    /** Returns what {@link #wrap} was given; nothing if the bytes are damaged or of another version. */
    static Optional<DataInputStream> open(byte version, byte[] bytes) {
        if (bytes.length < HEADER
                || bytes[0] != version
                || ByteBuffer.wrap(bytes).getInt(1) != crc(bytes, HEADER)) {
            return Optional.empty();
        }
        return Optional.of(new DataInputStream(new ByteArrayInputStream(bytes, HEADER, bytes.length - HEADER)));
    }

    private static int crc(byte[] bytes, int from) {
        CRC32 crc = new CRC32();
        crc.update(bytes, from, bytes.length - from);
        return (int) crc.getValue();
    }
}
