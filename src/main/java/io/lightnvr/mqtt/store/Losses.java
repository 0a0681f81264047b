package io.lightnvr.mqtt.store;

import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the events that had to go, and says so: the first one at once, after that not more often than every minute. */
final class Losses {

    private static final Logger LOG = LoggerFactory.getLogger(Losses.class);
    private static final Duration SAY_EVERY = Duration.ofMinutes(1);

    private long count;
    private long said;
    private Instant saidAt = Instant.MIN;

    long count() {
        return count;
    }

    /**
     * An event is lost.
     *
     * @param why what made it go and what can be done, a sentence
     */
    void lost(Entry entry, String why, Instant now) {
        count++;
        if (said == 0 || Duration.between(saidAt, now).compareTo(SAY_EVERY) >= 0) {
            LOG.error(
                    "{} Given up: {} since the last message, the newest of them one of {} that waits since {}",
                    why,
                    count - said,
                    entry.lane.stream,
                    Instant.ofEpochMilli(entry.sendableSince));
            said = count;
            saidAt = now;
        }
    }
}
