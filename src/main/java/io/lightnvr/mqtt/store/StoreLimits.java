package io.lightnvr.mqtt.store;

import java.time.Duration;

/**
 * How much a store keeps.
 *
 * @param maxEvents how many events, at least 1
 * @param maxAge how long an event may wait after it was added
 * @param freshFor by how much an event may be delayed and still count as fresh
 */
public record StoreLimits(int maxEvents, Duration maxAge, Duration freshFor) {

    /** How much waits in memory while the disk cannot be written, in bytes of payload. */
    static final long MOST_UNSAVED_BYTES = 8 << 20;

    /** How much stays in memory after it was written, since it will be sent soon, in bytes of payload. */
    static final long MOST_KEPT_BYTES = 1 << 20;

    public StoreLimits {
        if (maxEvents < 1) {
            throw new IllegalArgumentException("A store holds at least 1 event, not " + maxEvents);
        }
    }
}
