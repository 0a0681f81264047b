package io.lightnvr.mqtt.source.lightnvr;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * When the last look at a stream began.
 *
 * @param recorder the recorder's clock, in epoch seconds
 * @param ours our clock, in epoch seconds
 * @param nanos our monotonic clock; nothing where that look was before a restart, which that clock does not outlast
 */
record LastScan(long recorder, long ours, OptionalLong nanos) {

    /** By no more than that our clock is believed to show a step of the recorder's. */
    static final long MOST_DOUBT = 86_400;

    static LastScan at(PollTime now) {
        return new LastScan(now.recorder(), now.ours().getEpochSecond(), OptionalLong.of(now.nanos()));
    }

    /**
     * Whole seconds from then to now; never negative. After a restart only our clock can tell, and it may have been
     * wrong then or be so now (a Raspberry Pi boots in 1970): it is believed to a day more than what the recorder's
     * clock says.
     */
    long secondsTo(PollTime now) {
        if (nanos.isPresent()) {
            long half = TimeUnit.SECONDS.toNanos(1) / 2;
            return Math.max(0, TimeUnit.NANOSECONDS.toSeconds(now.nanos() - nanos.getAsLong() + half));
        }
        long most = Math.max(0, now.recorder() - recorder) + MOST_DOUBT;
        return Math.max(0, Math.min(now.ours().getEpochSecond() - ours, most));
    }

    boolean isBeforeRestart() {
        return nanos.isEmpty();
    }
}
