package io.lightnvr.mqtt.source.lightnvr;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * The start of the last scan of a stream.
 *
 * @param recorder the recorder's clock, in epoch seconds
 * @param bridge the bridge's clock, in epoch seconds
 * @param nanos the monotonic clock; empty if that scan was before a restart, which this clock does not survive
 */
record LastScan(long recorder, long bridge, OptionalLong nanos) {

    /** The largest step of the recorder's clock, in seconds, that the bridge's clock may prove. */
    static final long MAX_DOUBT = 86_400;

    static LastScan at(PollTime now) {
        return new LastScan(now.recorder(), now.bridge().getEpochSecond(), OptionalLong.of(now.nanos()));
    }

    /**
     * Returns the whole seconds from then to now, never negative. After a restart only the bridge's clock can tell, and
     * it may have been wrong then or be wrong now (a Raspberry Pi boots in 1970): it is trusted for a day more than the
     * recorder's clock shows.
     */
    long secondsTo(PollTime now) {
        if (nanos.isPresent()) {
            long half = TimeUnit.SECONDS.toNanos(1) / 2;
            return Math.max(0, TimeUnit.NANOSECONDS.toSeconds(now.nanos() - nanos.getAsLong() + half));
        }
        long most = Math.max(0, now.recorder() - recorder) + MAX_DOUBT;
        return Math.max(0, Math.min(now.bridge().getEpochSecond() - bridge, most));
    }

    boolean isBeforeRestart() {
        return nanos.isEmpty();
    }

    /** Whether no clock tells how long ago it was: the bridge's went back over a restart. */
    boolean isAfter(PollTime now) {
        return nanos.isEmpty() && now.bridge().getEpochSecond() < bridge;
    }
}
