package io.lightnvr.mqtt.event;

import java.time.Duration;
import java.time.Instant;

/** Computes the instant and the delay of an event. */
public final class EventTime {

    private EventTime() {}

    /**
     * Returns the instant of a second, or the nearest one that {@link Instant} can hold.
     *
     * @param second epoch seconds, any
     */
    public static Instant of(long second) {
        long possible = Math.max(Instant.MIN.getEpochSecond(), Math.min(second, Instant.MAX.getEpochSecond()));
        return Instant.ofEpochSecond(possible);
    }

    /**
     * Returns how long an event has waited.
     *
     * @param sendableSince see {@link DetectionEvent#sendableSince}
     * @param now the bridge's clock
     * @return never negative, and never more than the time since 1970, whatever the recorder's clock says
     */
    public static Duration delay(Instant sendableSince, Instant now) {
        Instant since = sendableSince.isBefore(Instant.EPOCH) ? Instant.EPOCH : sendableSince;
        return since.isBefore(now) ? Duration.between(since, now) : Duration.ZERO;
    }
}
