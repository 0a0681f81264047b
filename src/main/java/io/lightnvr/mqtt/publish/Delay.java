package io.lightnvr.mqtt.publish;

import io.lightnvr.mqtt.event.EventTime;
import java.time.Instant;
import java.util.Map;

/**
 * How late a message goes out.
 *
 * @param millis not negative
 */
record Delay(long millis) {

    /** The least delay that a message names as a property, in milliseconds. */
    private static final long LATE_MILLIS = 1000;

    /**
     * The delay of a message that goes out now.
     *
     * @param sendableSince when it could first have been sent, by the clock of {@code now}
     */
    static Delay of(Instant sendableSince, Instant now) {
        return new Delay(EventTime.delay(sendableSince, now).toMillis());
    }

    /** The user property of a message that is late. */
    Map<String, String> properties() {
        return millis < LATE_MILLIS ? Map.of() : Map.of("delayed_ms", Long.toString(millis));
    }
}
