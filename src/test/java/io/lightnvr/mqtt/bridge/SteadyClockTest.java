package io.lightnvr.mqtt.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SteadyClockTest {

    private long nanos = 7;

    @Test
    void goesOnFromTheWallClockByTheMonotonicOne() {
        Instant start = Instant.parse("2026-11-22T12:00:00Z");
        SteadyClock clock = new SteadyClock(Clock.fixed(start, ZoneOffset.UTC), () -> nanos);

        nanos += Duration.ofHours(2).toNanos();

        assertThat(clock.instant()).isEqualTo(start.plus(Duration.ofHours(2)));
    }
}
