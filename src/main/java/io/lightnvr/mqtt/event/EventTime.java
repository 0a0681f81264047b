package io.lightnvr.mqtt.event;

import java.time.Duration;
import java.time.Instant;

/** The times of an event. */
public final class EventTime {

    private EventTime() {}

    /**
     * The instant of a second; for one that no {@link Instant} can hold, the nearest one that there is.
     *
     * @param second epoch seconds, any
     */
    public static Instant of(long second) {
        long possible = Math.max(Instant.MIN.getEpochSecond(), Math.min(second, Instant.MAX.getEpochSecond()));
        return Instant.ofEpochSecond(possible);
    }

    /**
     * How long an event has waited.
     *
     * @param sendableSince see {@link DetectionEvent#sendableSince}
     * @param now our clock
     * @return never negative, and never more than the time since 1970, whatever a recorder's clock says
     */
    public static Duration delay(Instant sendableSince, Instant now) {
        Instant since = sendableSince.isBefore(Instant.EPOCH) ? Instant.EPOCH : sendableSince;
        return since.isBefore(now) ? Duration.between(since, now) : Duration.ZERO;
    }
}
