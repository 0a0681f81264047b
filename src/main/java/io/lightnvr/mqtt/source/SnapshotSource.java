package io.lightnvr.mqtt.source;

import io.lightnvr.mqtt.event.StreamName;
import java.util.Optional;

/** Takes pictures of streams. Thread-safe; each call blocks for a bounded time. */
@FunctionalInterface
public interface SnapshotSource {

    /** The size in bytes of the largest snapshot. */
    int MOST_BYTES = 1 << 20;

    /**
     * Takes a picture of what a stream shows now.
     *
     * @return a JPEG of at most {@link #MOST_BYTES}; nothing where the source has no such picture
     * @throws SourceException where the source does not answer, or with a larger picture
     */
    Optional<byte[]> snapshot(StreamName stream) throws SourceException, InterruptedException;
}
