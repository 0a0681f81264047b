package io.lightnvr.mqtt.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PollIntervalTest {

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final PollInterval pace = looked(new PollInterval(0));

    @Test
    void asksANewStreamAgainSoonBecauseTheFirstLookOnlyTakesStock() {
        PollInterval fresh = new PollInterval(0);

        assertThat(fresh.next(0, 64)).isEqualTo(Duration.ofMillis(250));
        assertThat(fresh.next(0, 64)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void asksAStreamThatIsNewToUsEverySecond() {
        assertThat(pace.next(MINUTE - 1, 64)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void asksAnActiveStreamEverySecondForAMinute() {
        pace.detected(100);

        assertThat(pace.next(100, 64)).isEqualTo(Duration.ofSeconds(1));
        assertThat(pace.next(99 + MINUTE, 64)).isEqualTo(Duration.ofSeconds(1));
        assertThat(pace.next(100 + MINUTE, 64)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void asksQuietStreamsEvery2To5SecondsByTheirNumber() {
        assertThat(pace.next(MINUTE, 1)).isEqualTo(Duration.ofSeconds(2));
        assertThat(pace.next(MINUTE, 6)).isEqualTo(Duration.ofSeconds(3));
        assertThat(pace.next(MINUTE, 256)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void worksWhereTheMonotonicClockIsNegative() {
        PollInterval early = looked(new PollInterval(-2 * MINUTE));

        assertThat(early.next(-MINUTE - 1, 64)).isEqualTo(Duration.ofSeconds(1));
        assertThat(early.next(-MINUTE, 64)).isEqualTo(Duration.ofSeconds(5));
    }

    private static PollInterval looked(PollInterval pace) {
        pace.next(0, 1);
        return pace;
    }
}
