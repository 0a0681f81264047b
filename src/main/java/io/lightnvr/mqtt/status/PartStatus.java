package io.lightnvr.mqtt.status;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * How a neighbour is.
 *
 * @param since when it came to be so, by the clock by which events grow old; empty before the first news
 * @param sentence the trouble with it, for people; empty if there is none
 */
public record PartStatus(Part part, Condition condition, Optional<Instant> since, String sentence) {

    /** Whether a neighbour is there. */
    public enum Condition {
        /** There was no news of it yet. */
        UNKNOWN,
        /** It is there. */
        ONLINE,
        /** It is not there, or does not answer. */
        OFFLINE,
        /** The bridge does not use it. */
        ABSENT;

        /** The lower-case name, as it stands in JSON. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
