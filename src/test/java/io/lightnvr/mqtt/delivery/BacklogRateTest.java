package io.lightnvr.mqtt.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BacklogRateTest {

    private static final long MILLI = Duration.ofMillis(1).toNanos();

    @Test
    void letsSmallGroupsGoEvenly() {
        BacklogRate drain = new BacklogRate(500, 0);

        assertThat(drain.allowance(0)).isEqualTo(10);
        drain.went(10, 10, 0);
        assertThat(drain.allowance(19 * MILLI)).isZero();
        assertThat(drain.deadline()).isEqualTo(20 * MILLI);
        assertThat(drain.allowance(20 * MILLI)).isEqualTo(10);
    }

    @Test
    void doesNotMakeUpForTimeInWhichNothingWaited() {
        BacklogRate drain = new BacklogRate(500, 0);

        drain.went(10, 10, 60_000 * MILLI);

        assertThat(drain.allowance(60_019 * MILLI)).isZero();
    }

    @Test
    void wakesNobodyWhereNothingMoreWaits() {
        BacklogRate drain = new BacklogRate(500, 0);

        drain.went(3, 10, 0);

        assertThat(drain.deadline()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void letsSlowOnesGoOneByOne() {
        BacklogRate drain = new BacklogRate(1, 0);

        assertThat(drain.allowance(0)).isOne();
        drain.went(1, 1, 0);
        assertThat(drain.deadline()).isEqualTo(1_000 * MILLI);
    }

    @Test
    void hasNoLimitAtZero() {
        BacklogRate drain = new BacklogRate(0, 0);

        drain.went(1_000, 1_000, 0);

        assertThat(drain.allowance(0)).isEqualTo(Integer.MAX_VALUE);
        assertThat(drain.deadline()).isEqualTo(Long.MAX_VALUE);
    }
}
