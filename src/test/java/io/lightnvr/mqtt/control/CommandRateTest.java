package io.lightnvr.mqtt.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CommandRateTest {

    private static final long START = Long.MAX_VALUE - Duration.ofSeconds(30).toNanos();
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final CommandRate rate = new CommandRate();

    @Test
    void takesTenInAnyMinute() {
        for (int i = 0; i < CommandRate.MOST; i++) {
            assertThat(rate.takes(START + i * SECOND)).isTrue();
        }

        assertThat(rate.takes(START + 59 * SECOND)).isFalse();
        assertThat(rate.takes(START + 60 * SECOND)).isTrue();
        assertThat(rate.takes(START + 60 * SECOND)).isFalse();
        assertThat(rate.takes(START + 61 * SECOND)).isTrue();
    }

    @Test
    void countsNoneThatItRefuses() {
        for (int i = 0; i < 1_000; i++) {
            rate.takes(START);
        }

        assertThat(rate.takes(START + 60 * SECOND)).isTrue();
    }
}
