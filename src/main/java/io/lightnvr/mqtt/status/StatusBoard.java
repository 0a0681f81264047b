package io.lightnvr.mqtt.status;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Counts what the two loops do, and keeps the last error and the open findings. Thread-safe. */
public final class StatusBoard {

    private final AtomicLong seen = new AtomicLong();
    private final AtomicLong published = new AtomicLong();
    private final AtomicLong missed = new AtomicLong();
    private final AtomicLong givenUp = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final Map<String, List<Finding>> findings = new ConcurrentSkipListMap<>();
    private final AtomicReference<Optional<String>> lastError = new AtomicReference<>(Optional.empty());

    /** Counts events that polls have found and the filter has let through. */
    public void seen(int events) {
        seen.addAndGet(events);
    }

    /** Counts events that the broker has acknowledged. */
    public void published(int events) {
        published.addAndGet(events);
    }

    /** Counts detections that the recorder no longer showed or showed unreadably; a lower bound. */
    public void missed(int detections) {
        missed.addAndGet(detections);
    }

    /** Counts an event that was given up at sending: it is too old, or the broker can never accept it. */
    public void givenUp() {
        givenUp.incrementAndGet();
    }

    /** Counts a message that the broker refused. */
    public void refused() {
        refused.incrementAndGet();
    }

    /** Replaces the last error by a sentence without secrets. */
    public void error(String sentence) {
        lastError.set(Optional.of(sentence));
    }

    /**
     * Replaces the open findings of a subject.
     *
     * @return the former findings; empty the first time
     */
    public List<Finding> replaceFindings(String subject, List<Finding> now) {
        List<Finding> before = findings.put(subject, List.copyOf(now));
        return before == null ? List.of() : before;
    }

    /** A copy of the present values. */
    public Counts counts() {
        return new Counts(
                seen.get(),
                published.get(),
                missed.get(),
                givenUp.get(),
                refused.get(),
                lastError.get(),
                findings.values().stream().flatMap(List::stream).toList());
    }

    /** All counts since the start, the last error, and the open findings, by the order of their subjects. */
    public record Counts(
            long seen,
            long published,
            long missed,
            long givenUp,
            long refused,
            Optional<String> lastError,
            List<Finding> findings) {}
}
