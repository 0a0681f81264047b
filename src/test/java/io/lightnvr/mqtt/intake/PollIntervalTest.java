package io.lightnvr.mqtt.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.source.Agreement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PollIntervalTest {

    private static final long HOUR = Duration.ofHours(1).toNanos();
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private static final Duration HEARD = Duration.ofSeconds(30);

    private final HearingRecord others = new HearingRecord();
    private final PollInterval pace = looked(new PollInterval(others, 0.4, 0));

    @Test
    void asksANewStreamAgainSoonBecauseTheFirstLookOnlyTakesStock() {
        PollInterval fresh = new PollInterval(new HearingRecord(), 0.4, 0);

        assertThat(fresh.next(0, 64, false)).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void spreadsStreamsThatWereFoundTogether() {
        PollInterval fresh = new PollInterval(new HearingRecord(), 0.4, 0);
        fresh.next(0, 64, false);

        assertThat(fresh.next(0, 64, false)).isEqualTo(Duration.ofMillis(400));
        assertThat(fresh.next(0, 64, false)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void asksAStreamThatIsNewToUsEverySecond() {
        assertThat(pace.next(MINUTE - 1, 64, false)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void asksAnActiveStreamEverySecondForAMinute() {
        pace.detected(100);

        assertThat(pace.next(100, 64, false)).isEqualTo(Duration.ofSeconds(1));
        assertThat(pace.next(99 + MINUTE, 64, false)).isEqualTo(Duration.ofSeconds(1));
        assertThat(pace.next(100 + MINUTE, 64, false)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void asksQuietStreamsEvery2To5SecondsByTheirNumber() {
        assertThat(pace.next(MINUTE, 1, false)).isEqualTo(Duration.ofSeconds(2));
        assertThat(pace.next(MINUTE, 6, false)).isEqualTo(Duration.ofSeconds(3));
        assertThat(pace.next(MINUTE, 256, false)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void worksWhereTheMonotonicClockIsNegative() {
        PollInterval early = looked(new PollInterval(new HearingRecord(), 0.4, -2 * MINUTE));

        assertThat(early.next(-MINUTE - 1, 64, false)).isEqualTo(Duration.ofSeconds(1));
        assertThat(early.next(-MINUTE, 64, false)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void asksAStreamRarelyWhoseLast20DetectionsWereHeard() {
        pace.compared(new Agreement(19, 0, 0), 0);
        assertThat(pace.next(0, 1, true)).isEqualTo(Duration.ofSeconds(1));

        pace.compared(new Agreement(1, 0, 0), 1);
        pace.detected(1);

        assertThat(pace.next(1, 1, true)).isEqualTo(HEARD);
        assertThat(pace.next(1, 1, false)).isEqualTo(Duration.ofSeconds(1));
        assertThat(pace.next(24 * HOUR, 1, true)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void asksAStreamOftenForAnHourOfWhichADetectionWasNotHeard() {
        pace.compared(new Agreement(20, 0, 0), 0);
        pace.compared(new Agreement(5, 1, 0), 0);
        pace.compared(new Agreement(20, 0, 0), 1);

        assertThat(pace.next(HOUR - 1, 1, true)).isEqualTo(Duration.ofSeconds(2));
        assertThat(pace.next(HOUR, 1, true)).isEqualTo(HEARD);
    }

    @Test
    void asksAQuietStreamRarelyIfOthersAreHeardUntilOneOfItsOwnIsNot() {
        others.confirmed(20, 0);
        assertThat(pace.next(0, 1, true)).isEqualTo(HEARD);

        pace.compared(new Agreement(0, 1, 0), 0);
        others.confirmed(20, 2 * HOUR);

        assertThat(pace.next(2 * HOUR, 1, true)).isEqualTo(Duration.ofSeconds(2));
    }

    private static PollInterval looked(PollInterval pace) {
        pace.next(0, 1, false);
        pace.next(0, 1, false);
        return pace;
    }
}
