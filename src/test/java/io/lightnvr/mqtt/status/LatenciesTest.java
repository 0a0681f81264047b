package io.lightnvr.mqtt.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    private final Latencies latencies = new Latencies();

    @Test
    void hasNoMedianOfNothing() {
        assertThat(latencies.medianMillis()).isEmpty();
        assertThat(latencies.longestMillis()).isEmpty();
        assertThat(latencies.counted().count()).isZero();
    }

    @Test
    void countsABoundIntoItsOwnBucket() {
        add(1);
        add(2);
        latencies.add(Duration.ofMillis(2).plusNanos(1));

        assertThat(latencies.counted().counts().subList(0, 4)).containsExactly(1L, 1L, 1L, 0L);
        assertThat(latencies.counted().sum()).isEqualTo(Duration.ofMillis(5).plusNanos(1));
    }

    @Test
    void tellsTheMedianByItsBucketAndTheLongestExactly() {
        IntStream.of(3, 3, 30, 700).forEach(this::add);

        assertThat(latencies.medianMillis()).hasValue(5);
        assertThat(latencies.longestMillis()).hasValue(700);
    }

    @Test
    void tellsNoMedianAboveTheLongest() {
        add(3);

        assertThat(latencies.medianMillis()).hasValue(3);
    }

    @Test
    void countsWhatIsLongerThanAllBounds() {
        latencies.add(Duration.ofHours(2));

        assertThat(latencies.counted().counts()).endsWith(1L);
        assertThat(latencies.medianMillis()).hasValue(7_200_000);
    }

    /** The clock by which events age may be set back a little. */
    @Test
    void takesANegativeOneForNone() {
        latencies.add(Duration.ofMillis(-5));

        assertThat(latencies.counted().counts()).startsWith(1L);
        assertThat(latencies.counted().sum()).isZero();
    }

    private void add(long millis) {
        latencies.add(Duration.ofMillis(millis));
    }
}
