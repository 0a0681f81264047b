package io.lightnvr.mqtt.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BacklogRateTest {

    private static final long MILLI = Duration.ofMillis(1).toNanos();

    @Test
    void letsSmallGroupsGoEvenly() {
        BacklogRate rate = new BacklogRate(500, 0);

        assertThat(rate.allowance(0)).isEqualTo(10);
        rate.sent(10, 10, 0);
        assertThat(rate.allowance(19 * MILLI)).isZero();
        assertThat(rate.waitNanos(19 * MILLI)).hasValue(MILLI);
        assertThat(rate.allowance(20 * MILLI)).isEqualTo(10);
    }

    @Test
    void doesNotMakeUpForTimeInWhichNothingWaited() {
        BacklogRate rate = new BacklogRate(500, 0);

        rate.sent(10, 10, 60_000 * MILLI);

        assertThat(rate.allowance(60_019 * MILLI)).isZero();
    }

    @Test
    void wakesNobodyWhereNothingMoreWaits() {
        BacklogRate rate = new BacklogRate(500, 0);

        rate.sent(3, 10, 0);

        assertThat(rate.waitNanos(0)).isEmpty();
    }

    @Test
    void letsSlowOnesGoOneByOne() {
        BacklogRate rate = new BacklogRate(1, 0);

        assertThat(rate.allowance(0)).isOne();
        rate.sent(1, 1, 0);
        assertThat(rate.waitNanos(0)).hasValue(1_000 * MILLI);
    }

    @Test
    void hasNoLimitAtZero() {
        BacklogRate rate = new BacklogRate(0, 0);

        rate.sent(1_000, 1_000, 0);

        assertThat(rate.allowance(0)).isEqualTo(Integer.MAX_VALUE);
        assertThat(rate.waitNanos(0)).isEmpty();
    }

    @Test
    void wakesForAnEventThatCameBeforeTheNextGroupMayGo() {
        BacklogRate rate = new BacklogRate(500, 0);
        rate.sent(3, 10, 0);

        assertThat(rate.allowance(MILLI)).isZero();
        assertThat(rate.waitNanos(MILLI)).hasValue(5 * MILLI);
    }

    @Test
    void worksWhereTheMonotonicClockWraps() {
        BacklogRate rate = new BacklogRate(500, Long.MAX_VALUE);

        rate.sent(10, 10, Long.MAX_VALUE);

        assertThat(rate.allowance(Long.MAX_VALUE + 19 * MILLI)).isZero();
        assertThat(rate.allowance(Long.MAX_VALUE + 20 * MILLI)).isEqualTo(10);
    }
}
