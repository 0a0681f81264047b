package io.lightnvr.mqtt.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventTimeTest {

    private static final Instant NOW = Instant.ofEpochSecond(Events.SECOND);

    @Test
    void everySecondHasAnInstant() {
        assertThat(EventTime.of(Events.SECOND)).isEqualTo("2024-02-01T00:00:00Z");
        assertThat(EventTime.of(-1)).isEqualTo("1969-12-31T23:59:59Z");
        assertThat(EventTime.of(Long.MAX_VALUE).getEpochSecond()).isEqualTo(Instant.MAX.getEpochSecond());
        assertThat(EventTime.of(Long.MIN_VALUE)).isEqualTo(Instant.MIN);
    }

    @Test
    void delayIsTheTimeSinceItCouldHaveBeenSent() {
        assertThat(EventTime.delay(NOW.minusMillis(1500), NOW)).isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void delayIsNeverNegative() {
        assertThat(EventTime.delay(NOW, NOW)).isZero();
        assertThat(EventTime.delay(NOW.plusSeconds(5), NOW)).isZero();
        assertThat(EventTime.delay(Instant.MAX, Instant.EPOCH)).isZero();
    }

    @Test
    void delayOfAnImpossiblePastBeginsIn1970() {
        assertThat(EventTime.delay(Instant.MIN, NOW)).isEqualTo(Duration.ofSeconds(Events.SECOND));
    }
}
