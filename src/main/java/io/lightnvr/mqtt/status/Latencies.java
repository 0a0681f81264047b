package io.lightnvr.mqtt.status;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Counts how long events took to the broker's acknowledgement: since the bridge had them or, if they came late, since the second in
 * which they happened. The recorder's rows have whole seconds, so that nothing finer is known. Thread-safe.
 */
public final class Latencies {

    /** The upper bounds of the buckets, in milliseconds, inclusive; a last bucket has no bound. */
    public static final List<Long> BOUNDS = List.of(
            1L,
            2L,
            5L,
            10L,
            20L,
            50L,
            100L,
            200L,
            500L,
            1_000L,
            2_000L,
            5_000L,
            10_000L,
            30_000L,
            60_000L,
            300_000L,
            3_600_000L);

    private final long[] counts = new long[BOUNDS.size() + 1];
    private long count;
    private long sumNanos;
    private long maxNanos;

    /**
     * What was counted.
     *
     * @param counts for each bucket how many fell into it
     * @param count of all
     * @param sum of all
     */
    public record Counted(List<Long> counts, long count, Duration sum) {}

    /** Counts one. */
    public synchronized void add(Duration latency) {
        long nanos = Math.max(0, latency.toNanos());
        int bucket = 0;
        while (bucket < BOUNDS.size()
                && nanos > Duration.ofMillis(BOUNDS.get(bucket)).toNanos()) {
            bucket++;
        }
        counts[bucket]++;
        count++;
        sumNanos += nanos;
        maxNanos = Math.max(maxNanos, nanos);
    }

    /** A copy of what was counted. */
    public synchronized Counted counted() {
        List<Long> copy = new ArrayList<>();
        for (long each : counts) {
            copy.add(each);
        }
        return new Counted(List.copyOf(copy), count, Duration.ofNanos(sumNanos));
    }

    /** The bound, in milliseconds, that half of them did not exceed, or the longest if that is less; empty without any. */
    public synchronized OptionalLong medianMillis() {
        long left = (count + 1) / 2;
        int bucket = 0;
        while (bucket < BOUNDS.size() && left > counts[bucket]) {
            left -= counts[bucket];
            bucket++;
        }
        OptionalLong longest = longestMillis();
        return count == 0 || bucket == BOUNDS.size()
                ? longest
                : OptionalLong.of(Math.min(BOUNDS.get(bucket), longest.getAsLong()));
    }

    /** The longest, in whole milliseconds, rounded up; empty without any. */
    public synchronized OptionalLong longestMillis() {
        return count == 0
                ? OptionalLong.empty()
                : OptionalLong.of(Duration.ofNanos(maxNanos + 999_999).toMillis());
    }
}
