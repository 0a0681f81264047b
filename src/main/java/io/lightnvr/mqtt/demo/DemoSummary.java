package io.lightnvr.mqtt.demo;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * The counts and latencies that a demo shows at its end.
 *
 * @param published events that the broker acknowledged
 * @param received events that the subscriber received
 * @param latencies from the moment an event was visible in the recorder to its arrival at the subscriber, in any order
 */
public record DemoSummary(long published, long received, List<Duration> latencies) {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final double EXACT_BELOW_MILLIS = 10;

    public DemoSummary {
        latencies = latencies.stream().sorted().toList();
    }

    /** One line for the screen. */
    public String text() {
        String counts = String.format(Locale.ROOT, "%,d published, %,d received", published, received);
        return latencies.isEmpty()
                ? counts
                : counts + "; recorder to subscriber, with the wait for a poll: p50 " + percentile(50) + ", p99 "
                        + percentile(99);
    }

    /** The smallest latency that so many percent of all do not exceed. */
    private String percentile(int percent) {
        int rank = (int) Math.ceil(latencies.size() * percent / 100.0);
        double millis = latencies.get(rank - 1).toNanos() / NANOS_PER_MILLI;
        return String.format(Locale.ROOT, millis < EXACT_BELOW_MILLIS ? "%.1f ms" : "%,.0f ms", millis);
    }
}
