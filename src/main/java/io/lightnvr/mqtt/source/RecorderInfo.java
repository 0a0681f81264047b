package io.lightnvr.mqtt.source;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Reads a recorder's clock and settings. Thread-safe; each call blocks for a bounded time. */
public interface RecorderInfo {

    /**
     * Compares the recorder's clock with another one.
     *
     * @return how far the recorder's is ahead, to a second; while no stream runs, only to a quarter of an hour
     * @throws SourceException if the recorder does not answer
     */
    Duration clockAhead(Clock other) throws SourceException, InterruptedException;

    /**
     * Reads the settings of the recorder's built-in publisher.
     *
     * @return nothing if the login may not read them
     * @throws SourceException if the recorder does not answer
     */
    Optional<NativePublisher> nativePublisher() throws SourceException, InterruptedException;
}
