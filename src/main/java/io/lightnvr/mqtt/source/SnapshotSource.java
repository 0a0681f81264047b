package io.lightnvr.mqtt.source;

import io.lightnvr.mqtt.event.StreamName;
import java.util.Optional;

/** Takes pictures of streams. Thread-safe; each call blocks for a bounded time. */
@FunctionalInterface
public interface SnapshotSource {

    /** The size of the largest snapshot, in bytes. */
    int MAX_BYTES = 1 << 20;

    /**
     * Takes a picture of a stream now.
     *
     * @return a JPEG of at most {@link #MAX_BYTES}, or nothing if the source has no picture, or must not show one
     * @throws SourceException if the source does not answer, or with a larger picture
     */
    Optional<byte[]> snapshot(StreamName stream) throws SourceException, InterruptedException;

    /** Returns whether a stream must not be shown now, which says nothing of whether the source has pictures. */
    default boolean isPrivate(StreamName stream) {
        return false;
    }
}
