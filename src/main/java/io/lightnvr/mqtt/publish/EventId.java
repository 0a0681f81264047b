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
 * Makes the id of an event: the same after a restart, a resend and a replay, and never shared by two events.
 *
 * <p>It is the first half of a SHA-256 over, in this order: the instance's id, the stream's raw name, the second (8
 * bytes), the number of detections (4 bytes), and of each one in {@link Detection#ORDER} the label, the bits of
 * confidence, x, y, width and height (4 bytes each) and the occurrence (4 bytes). Numbers are big-endian; a text is its
 * length in bytes (4 bytes) and its UTF-8. Zone and track are left out: they may become known later. This encoding must
 * never change.
 */
final class EventId {

    private static final int HASH_BYTES_USED = 16;
    private static final int MOST_UTF8_BYTES_PER_CHAR = 3;

    /** The lengths of two texts, the second and the number of detections. */
    private static final int FIXED_BYTES = 3 * Integer.BYTES + Long.BYTES;

    /** The length of the label, five numbers and the occurrence. */
    private static final int BYTES_PER_ROW = 7 * Integer.BYTES;

    private EventId() {}

    /** The id of an event, 32 hex digits. */
    static String of(String instanceId, DetectionEvent event) {
        ByteBuffer bytes = ByteBuffer.allocate(sizeAtMost(instanceId, event));
        text(bytes, instanceId);
        text(bytes, event.stream().raw());
        bytes.putLong(event.second()).putInt(event.detections().size());
        event.detections().forEach(detection -> row(bytes, detection));
        MessageDigest digest = Sha256.digest();
        digest.update(bytes.flip());
        return HexFormat.of().formatHex(digest.digest(), 0, HASH_BYTES_USED);
    }

    private static int sizeAtMost(String instanceId, DetectionEvent event) {
        int texts = instanceId.length() + event.stream().raw().length();
        int rows = 0;
        for (Detection detection : event.detections()) {
            texts += detection.label().length();
            rows++;
        }
        return MOST_UTF8_BYTES_PER_CHAR * texts + FIXED_BYTES + rows * BYTES_PER_ROW;
    }

    private static void row(ByteBuffer bytes, Detection detection) {
        Box box = detection.box();
        text(bytes, detection.label());
        bytes.putInt(Float.floatToIntBits(detection.confidence()))
                .putInt(Float.floatToIntBits(box.x()))
                .putInt(Float.floatToIntBits(box.y()))
                .putInt(Float.floatToIntBits(box.width()))
                .putInt(Float.floatToIntBits(box.height()))
                .putInt(detection.occurrence());
    }

    private static void text(ByteBuffer bytes, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        bytes.putInt(utf8.length).put(utf8);
    }
}
