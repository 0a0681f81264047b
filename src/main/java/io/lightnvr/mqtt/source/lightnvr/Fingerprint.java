package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.source.Mark;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Computes a 64-bit hash of a row's content (FNV-1a), the same in every process. It distinguishes only the 20 or so
 * rows of one stream and one second, of which two different ones collide once in 10^17.
 */
final class Fingerprint {

    private static final long BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;
    private static final long HEARD = of("heard");
    private static final long QUIET = of("quiet");
    private static final long CROWDED = of("more rows in this second than the recorder shows");

    private Fingerprint() {}

    /** Hashes label, confidence and box, with the numbers as float32; not track and zone. */
    static long of(Row.Content content) {
        byte[] label = content.label().getBytes(StandardCharsets.UTF_8);
        Box box = content.box();
        return hash(ByteBuffer.allocate(label.length + 5 * Float.BYTES)
                .putFloat(content.confidence())
                .putFloat(box.x())
                .putFloat(box.y())
                .putFloat(box.width())
                .putFloat(box.height())
                .put(label)
                .array());
    }

    static long of(String text) {
        return hash(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Marks a second that has more rows than can be fetched. */
    static Mark crowded(long second) {
        return new Mark(second, CROWDED);
    }

    /** Marks a row as heard. Heard marks count apart from those of rows that were read, in the same multiset. */
    static Mark heard(Mark row) {
        return new Mark(row.second(), row.fingerprint() ^ HEARD);
    }

    /** Marks a row that is remembered without an event; if it is heard later, there is one after all. */
    static Mark quiet(Mark row) {
        return new Mark(row.second(), row.fingerprint() ^ QUIET);
    }

    private static long hash(byte[] bytes) {
        long hash = BASIS;
        for (byte b : bytes) {
            hash = (hash ^ (b & 0xff)) * PRIME;
        }
        return hash;
    }
}
