package io.lightnvr.mqtt.status;

import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.StreamName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/** Counts what the two loops do, and keeps the last error and the open findings. Thread-safe. */
public final class StatusBoard {

    /** How many pairs of stream and label are counted at most; labels come from outside. */
    private static final int MOST_LABELS = 1_000;

    private final AtomicLong seen = new AtomicLong();
    private final AtomicLong visits = new AtomicLong();
    private final Latencies latencies = new Latencies();
    private final LastHour lastHour;
    private final Clock clock;
    private final Map<Labelled, AtomicLong> detections = new ConcurrentSkipListMap<>();
    private final AtomicLong published = new AtomicLong();
    private final AtomicLong missed = new AtomicLong();
    private final AtomicLong givenUp = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final Map<String, List<Finding>> findings = new ConcurrentSkipListMap<>();
    private final AtomicReference<Optional<String>> lastError = new AtomicReference<>(Optional.empty());
    private volatile Optional<Instant> lastErrorAt = Optional.empty();

    /** A label in a stream. */
    public record Labelled(StreamName stream, String label) implements Comparable<Labelled> {

        private static final Comparator<Labelled> ORDER =
                Comparator.comparing(Labelled::stream).thenComparing(Labelled::label);

        @Override
        public int compareTo(Labelled other) {
            return ORDER.compare(this, other);
        }
    }

    /** Counts by the clocks of the machine. */
    public StatusBoard() {
        this(System::nanoTime, Clock.systemUTC());
    }

    /**
     * @param nanoTime a monotonic clock
     * @param clock the clock by which events grow old
     */
    public StatusBoard(LongSupplier nanoTime, Clock clock) {
        this.lastHour = new LastHour(nanoTime);
        this.clock = clock;
    }

    /** Counts events that were found and that the filter has let through. */
    public void seen(List<DetectionEvent> events) {
        seen.addAndGet(events.size());
        lastHour.detected(events.size());
        events.forEach(event -> event.detections().forEach(each -> detected(event.stream(), each.label())));
    }

    private void detected(StreamName stream, String label) {
        Labelled key = new Labelled(stream, label);
        AtomicLong known = detections.get(key);
        if (known != null) {
            known.incrementAndGet();
        } else if (detections.size() < MOST_LABELS) {
            detections.computeIfAbsent(key, any -> new AtomicLong()).incrementAndGet();
        }
    }

    /** Counts a visit that has begun. */
    public void visit() {
        visits.incrementAndGet();
    }

    /**
     * Counts an event that the broker has acknowledged.
     *
     * @param latency since it was detected, as far as the bridge knows that
     */
    public void published(Duration latency) {
        published.incrementAndGet();
        latencies.add(latency);
        lastHour.acknowledged(latency);
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
        lastErrorAt = Optional.of(clock.instant());
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

    /** When the last error came, by the clock by which events grow old. */
    public Optional<Instant> lastErrorAt() {
        return lastErrorAt;
    }

    /** How many visits have begun since the start. */
    public long visits() {
        return visits.get();
    }

    /** How long events took to be acknowledged since the start. */
    public Latencies latencies() {
        return latencies;
    }

    /** The last hour, minute by minute. */
    public LastHour lastHour() {
        return lastHour;
    }

    /** How many detections there were of each label since the start; of the first thousand labels. */
    public Map<Labelled, Long> detections() {
        Map<Labelled, Long> copy = new LinkedHashMap<>();
        detections.forEach((label, count) -> copy.put(label, count.get()));
        return copy;
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
