package io.lightnvr.mqtt.status;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** What the loops write down as they work. Thread-safe. */
public final class StatusBoard {

    private final AtomicLong seen = new AtomicLong();
    private final AtomicLong published = new AtomicLong();
    private final AtomicLong missed = new AtomicLong();
    private final AtomicLong poisoned = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final Map<String, List<Finding>> findings = new ConcurrentSkipListMap<>();
    private final AtomicReference<Optional<String>> lastError = new AtomicReference<>(Optional.empty());

    /** Events that polls have found and that the user wants. */
    public void seen(int events) {
        seen.addAndGet(events);
    }

    /** Events that the broker has acknowledged. */
    public void published(int events) {
        published.addAndGet(events);
    }

    /** Detections that the recorder had and could not show, or showed unreadably; at least so many. */
    public void missed(int detections) {
        missed.addAndGet(detections);
    }

    /** An event that no broker like this can ever take was given up. */
    public void poisoned() {
        poisoned.incrementAndGet();
    }

    /** The broker refused a message. */
    public void refused() {
        refused.incrementAndGet();
    }

    /** The newest trouble, in a sentence without secrets. */
    public void error(String sentence) {
        lastError.set(Optional.of(sentence));
    }

    /**
     * What is not as it should be with one subject, until the next word on it.
     *
     * @return what was found before; nothing the first time
     */
    public List<Finding> finds(String subject, List<Finding> now) {
        List<Finding> before = findings.put(subject, List.copyOf(now));
        return before == null ? List.of() : before;
    }

    public Counts counts() {
        return new Counts(
                seen.get(),
                published.get(),
                missed.get(),
                poisoned.get(),
                refused.get(),
                lastError.get(),
                findings.values().stream().flatMap(List::stream).toList());
    }

    /** All counts since the start, the newest trouble, and what is not as it should be now. */
    public record Counts(
            long seen,
            long published,
            long missed,
            long poisoned,
            long refused,
            Optional<String> lastError,
            List<Finding> findings) {}
}
