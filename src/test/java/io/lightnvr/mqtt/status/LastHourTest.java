package io.lightnvr.mqtt.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastHourTest {

    /** The clock wraps soon. */
    private long nanos = Long.MAX_VALUE - Duration.ofMinutes(3).toNanos();

    private final LastHour hour = new LastHour(() -> nanos);

    @Test
    void beginsWithAnHourOfNothing() {
        assertThat(hour.minutes()).hasSize(60).allSatisfy(minute -> {
            assertThat(minute.events()).isZero();
            assertThat(minute.median()).isEmpty();
        });
    }

    @Test
    void countsIntoTheRunningMinute() {
        hour.detected(2);
        pass(Duration.ofSeconds(61));
        hour.detected(3);
        hour.acknowledged(Duration.ofMillis(7));

        List<LastHour.Minute> minutes = hour.minutes();
        assertThat(minutes.get(58).events()).isEqualTo(2);
        assertThat(minutes.get(59).events()).isEqualTo(3);
        assertThat(minutes.get(59).longest()).hasValue(7);
    }

    @Test
    void forgetsWhatIsOlderThanAnHour() {
        hour.detected(1);
        pass(Duration.ofMinutes(59));
        assertThat(hour.minutes().get(0).events()).isEqualTo(1);

        pass(Duration.ofMinutes(1));

        assertThat(hour.minutes())
                .allSatisfy(minute -> assertThat(minute.events()).isZero());
    }

    @Test
    void startsAMinuteAnewThatHadAnotherHourAgo() {
        hour.detected(5);
        pass(Duration.ofHours(1));
        hour.detected(1);

        assertThat(hour.minutes().get(59).events()).isEqualTo(1);
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }
}
