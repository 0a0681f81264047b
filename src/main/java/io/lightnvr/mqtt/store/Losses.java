package io.lightnvr.mqtt.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Counts the events that had to go, and reports the first one at once and later ones at most once a minute. Not thread-safe. */
final class Losses {

    private static final Duration REPORT_EVERY = Duration.ofMinutes(1);

    private long count;
    private long reported;
    private Optional<Instant> reportNext = Optional.empty();
    private String newest = "";
    private Optional<String> sentence = Optional.empty();

    /** How many events had to go, since the start. */
    long count() {
        return count;
    }

    /** The newest report. */
    Optional<String> sentence() {
        return sentence;
    }

    /** Counts an event that had to go for a reason. */
    void lost(OutboxEntry entry, String why) {
        count++;
        newest = "%s; the newest is of %s and has waited since %s"
                .formatted(why, entry.queue.stream, Instant.ofEpochMilli(entry.sendableSince));
    }

    /** A sentence about the losses that were not reported yet, if it is time for one. */
    Optional<String> report(Instant now) {
        boolean due = reportNext.isEmpty() || !now.isBefore(reportNext.get());
        if (count == reported || !due) {
            return Optional.empty();
        }
        sentence =
                Optional.of("Events given up: %d (since the start %d), %s".formatted(count - reported, count, newest));
        reported = count;
        reportNext = Optional.of(now.plus(REPORT_EVERY));
        return sentence;
    }
}
