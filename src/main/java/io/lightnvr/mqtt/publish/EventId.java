package io.lightnvr.mqtt.publish;

import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.event.Detection;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * What an event is known by: the same after a restart, a resend and a replay, and never shared by two events.
 *
 * <p>It is the first half of a SHA-256 over, in this order: the instance's id, the stream's raw name, the second (8
 * bytes), the number of detections (4 bytes), and of each one in {@link Detection#ORDER} the label, the bits of
 * confidence, x, y, width and height (4 bytes each) and the occurrence (4 bytes). Numbers are big-endian; a text is its
 * length in bytes (4 bytes) and its UTF-8. Zone and track are left out: they may become known later. This encoding must
 * never change.
 */
final class EventId {

    private static final int HASH_BYTES_USED = 16;

    private EventId() {}

    /** The id of an event, 32 hex digits. */
    static String of(String instanceId, DetectionEvent event) {
        MessageDigest digest = Sha256.digest();
        text(digest, instanceId);
        text(digest, event.stream().raw());
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(event.second()).flip());
        integer(digest, event.detections().size());
        event.detections().forEach(detection -> row(digest, detection));
        return HexFormat.of().formatHex(digest.digest(), 0, HASH_BYTES_USED);
    }

    private static void row(MessageDigest digest, Detection detection) {
        Box box = detection.box();
        text(digest, detection.label());
        integer(digest, Float.floatToIntBits(detection.confidence()));
        integer(digest, Float.floatToIntBits(box.x()));
        integer(digest, Float.floatToIntBits(box.y()));
        integer(digest, Float.floatToIntBits(box.width()));
        integer(digest, Float.floatToIntBits(box.height()));
        integer(digest, detection.occurrence());
    }

    private static void text(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        integer(digest, bytes.length);
        digest.update(bytes);
    }

    private static void integer(MessageDigest digest, int number) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(number).flip());
    }
}
