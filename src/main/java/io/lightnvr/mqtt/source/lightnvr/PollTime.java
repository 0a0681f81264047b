package io.lightnvr.mqtt.source.lightnvr;

import java.time.Instant;

/**
 * The start of a poll on three clocks.
 *
 * @param recorder the recorder's clock, in epoch seconds
 * @param certain whether that is known; false if the recorder's clock jumped, and this is how it would have gone on
 * @param bridge the bridge's clock
 * @param nanos the monotonic clock
 */
record PollTime(long recorder, boolean certain, Instant bridge, long nanos) {

    /** Whether this is the time in which a live detection of a second is written, by a clock that is known. */
    boolean isNear(long second) {
        return certain && Math.abs(recorder - second) <= ScanRange.LATEST_WRITTEN;
    }
}
