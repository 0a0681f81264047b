package io.lightnvr.mqtt.visit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Turns the visits of a stream into bytes for the store, and back.
 *
 * <pre>
 * version  1 byte, {@value #VERSION}
 * CRC-32   4 bytes, over all that follows
 * visit    1 byte: 1 if one is open; then its fields, in the order of the records
 * still    4 bytes: how many boxes; then the fields of each
 * </pre>
 *
 * Numbers are big-endian; a text is its length in bytes (4 bytes) and its UTF-8; an instant or a duration is its seconds (8
 * bytes) and its nanoseconds (4 bytes).
 */
public final class VisitsCodec {

    private static final byte VERSION = 1;
    private static final int HEADER = Byte.BYTES + Integer.BYTES;

    private VisitsCodec() {}

    /** Writes visits. */
    public static byte[] write(StreamVisits visits) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (VisitsWriter writer = new VisitsWriter(body)) {
            writer.visits(visits);
        } catch (IOException e) {
            throw new UncheckedIOException("Memory does not fail", e);
        }
        byte[] bytes = body.toByteArray();
        return ByteBuffer.allocate(HEADER + bytes.length)
                .put(VERSION)
                .putInt(crc(bytes, 0))
                .put(bytes)
                .array();
    }

    /** Reads what {@link #write} gave; empty if the bytes are damaged or of another version. */
    public static Optional<StreamVisits> read(byte[] bytes) {
        if (bytes.length < HEADER
                || bytes[0] != VERSION
                || ByteBuffer.wrap(bytes).getInt(1) != crc(bytes, HEADER)) {
            return Optional.empty();
        }
        ByteArrayInputStream body = new ByteArrayInputStream(bytes, HEADER, bytes.length - HEADER);
        try {
            return Optional.of(new VisitsReader(new DataInputStream(body)).visits());
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The CRC-32 of bytes, from one of them on. */
    static int crc(byte[] bytes, int from) {
        CRC32 crc = new CRC32();
        crc.update(bytes, from, bytes.length - from);
        return (int) crc.getValue();
    }
}
