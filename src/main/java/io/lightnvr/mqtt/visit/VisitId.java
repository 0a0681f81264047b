package io.lightnvr.mqtt.visit;

import io.lightnvr.mqtt.event.Sha256;
import io.lightnvr.mqtt.event.StreamName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Makes the id of a visit: the same after a restart, and never shared by two visits.
 *
 * <p>It is the first half of a SHA-256 over, in this order: the instance's id, the stream's raw name and the id of the
 * first event; each is its length in bytes (4 bytes, big-endian) and its UTF-8. This encoding must never change.
 */
final class VisitId {

    private static final int HASH_BYTES_USED = 16;

    private VisitId() {}

    /** The id of the visit that an event starts, 32 hex digits. */
    static String of(String instanceId, StreamName stream, String firstEventId) {
        MessageDigest digest = Sha256.digest();
        text(digest, instanceId);
        text(digest, stream.raw());
        text(digest, firstEventId);
        return HexFormat.of().formatHex(digest.digest(), 0, HASH_BYTES_USED);
    }

    private static void text(MessageDigest digest, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(utf8.length).flip());
        digest.update(utf8);
    }
}
