package io.lightnvr.mqtt.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), new Random(7));

    @Test
    void doublesUpToTheLongest() {
        long[] whole = {1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000};

        for (long millis : whole) {
            assertThat(backoff.next().toMillis()).isBetween(millis / 2, millis);
        }
    }

    @Test
    void beginsAnewAfterASuccess() {
        backoff.next();
        backoff.next();
        backoff.reset();

        assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void goesToTheLongestAtOnceForARefusal() {
        assertThat(backoff.longest()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
        assertThat(backoff.next()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
    }

    @Test
    void isNotTheSameForTwo() {
        Backoff other = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), new Random(8));

        assertThat(backoff.next()).isNotEqualTo(other.next());
    }
}
