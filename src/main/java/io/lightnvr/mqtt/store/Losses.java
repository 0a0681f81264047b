package io.lightnvr.mqtt.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the events that had to go, and says so: the first one at once, after that not more often than every minute. */
final class Losses {

    private static final Logger LOG = LoggerFactory.getLogger(Losses.class);
    private static final Duration SAY_EVERY = Duration.ofMinutes(1);

    private long count;
    private long said;
    private Instant sayNext = Instant.MIN;
    private String newest = "";
    private Optional<String> sentence = Optional.empty();

    long count() {
        return count;
    }

    /** What was last said. */
    Optional<String> sentence() {
        return sentence;
    }

    /**
     * An event is lost.
     *
     * @param why what made it go, a sentence
     */
    void lost(OutboxEntry entry, String why, Instant now) {
        count++;
        newest = "%s the newest one of %s, which waited since %s"
                .formatted(why, entry.lane.stream, Instant.ofEpochMilli(entry.sendableSince));
        tell(now);
    }

    /** Says what is not said yet, if it is time. */
    void tell(Instant now) {
        if (count > said && !now.isBefore(sayNext)) {
            sentence = Optional.of("Events are given up (%d, in all %d): %s".formatted(count - said, count, newest));
            LOG.error(sentence.get());
            said = count;
            sayNext = now.plus(SAY_EVERY);
        }
    }
}
