package io.lightnvr.mqtt.intake;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.DetectionSource;
import io.lightnvr.mqtt.source.Recording;
import io.lightnvr.mqtt.source.SourceException;
import io.lightnvr.mqtt.visit.Span;
import io.lightnvr.mqtt.visit.VisitReport;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the recorder for the recordings of visits. One question is under way at a time, and after one that failed there is none for
 * a minute: the threads that ask have streams to poll. Thread-safe.
 */
final class Clips {

    private static final Logger LOG = LoggerFactory.getLogger(Clips.class);
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

    private final DetectionSource source;
    private final Optional<URI> address;
    private final Clock clock;
    private final AtomicBoolean isAsking = new AtomicBoolean();
    private volatile Instant failedAt = Instant.MIN;

    /**
     * @param address the recorder's, by which people open its pages; without it nothing is asked
     * @param clock must not step
     */
    Clips(DetectionSource source, Optional<URI> address, Clock clock) {
        this.source = source;
        this.address = address;
        this.clock = clock;
    }

    /** What the recorder answered. */
    record Found(List<Recording> recordings, String address) {

        /** The address that plays the recording of a visit that is over. */
        Optional<String> of(VisitReport end) {
            Span visit = Span.of(end);
            return Recording.first(recordings, visit.from(), visit.until())
                    .map(recording -> address + recording.path());
        }
    }

    /** Whether visits can have clips. */
    boolean areWanted() {
        return address.isPresent();
    }

    /** Asks for recordings of a stream; waits 5 s at most for the answer. No answer is as good as none. */
    Found ask(StreamName stream, Span span) throws InterruptedException {
        String url = address.map(URI::toString).orElse("");
        return new Found(list(stream, span), url);
    }

    private List<Recording> list(StreamName stream, Span span) throws InterruptedException {
        Instant now = clock.instant();
        if (now.isBefore(failedAt.plus(AFTER_FAILURE)) || !isAsking.compareAndSet(false, true)) {
            return List.of();
        }
        try {
            return source.recordings(stream, span.from(), span.until());
        } catch (SourceException e) {
            failedAt = now;
            LOG.debug("No recordings of {}: {}", stream, e.getMessage());
            return List.of();
        } finally {
            isAsking.set(false);
        }
    }
}
