package io.lightnvr.mqtt.visit;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

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

    private VisitsCodec() {}

    /** Writes visits. */
    public static byte[] write(StreamVisits visits) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (VisitsWriter writer = new VisitsWriter(body)) {
            writer.visits(visits);
        } catch (IOException e) {
            throw new UncheckedIOException("Memory does not fail", e);
        }
        return Envelope.wrap(VERSION, body.toByteArray());
    }

    /** Reads what {@link #write} gave; empty if the bytes are damaged or of another version. */
    public static Optional<StreamVisits> read(byte[] bytes) {
        Optional<DataInputStream> body = Envelope.open(VERSION, bytes);
        try {
            return body.isPresent() ? Optional.of(new VisitsReader(body.get()).visits()) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
