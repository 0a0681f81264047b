package io.lightnvr.mqtt.demo;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What a demo has shown when it ends.
 *
 * @param published events that the broker acknowledged
 * @param received events that the subscriber saw
 * @param latencies how long events were on the way, from visible in the recorder to the subscriber, in any order
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

    /** The least latency that this part of all, in percent, does not exceed. */
    private String percentile(int percent) {
        int rank = (int) Math.ceil(latencies.size() * percent / 100.0);
        double millis = latencies.get(rank - 1).toNanos() / NANOS_PER_MILLI;
        return String.format(Locale.ROOT, millis < EXACT_BELOW_MILLIS ? "%.1f ms" : "%,.0f ms", millis);
    }
}
