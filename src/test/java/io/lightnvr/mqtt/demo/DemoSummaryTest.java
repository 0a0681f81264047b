package io.lightnvr.mqtt.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DemoSummaryTest {

    @Test
    void givesTheMedianAndTheSlowestPercent() {
        List<Duration> latencies = IntStream.rangeClosed(1, 200)
                .mapToObj(i -> Duration.ofMillis(201 - i))
                .toList();

        assertThat(new DemoSummary(200, 200, latencies).text())
                .isEqualTo(
                        "200 published, 200 received; recorder to subscriber, with the wait for a poll: p50 100 ms, p99 198 ms");
    }

    @Test
    void isExactWhereItIsQuick() {
        List<Duration> latencies = List.of(Duration.ofNanos(3_460_000), Duration.ofMillis(1_234));

        assertThat(new DemoSummary(1_002, 1_001, latencies).text())
                .isEqualTo(
                        "1,002 published, 1,001 received; recorder to subscriber, with the wait for a poll: p50 3.5 ms, p99 1,234 ms");
    }

    @Test
    void saysNothingOfLatencyWhereNothingArrived() {
        assertThat(new DemoSummary(0, 0, List.of()).text()).isEqualTo("0 published, 0 received");
    }
}
