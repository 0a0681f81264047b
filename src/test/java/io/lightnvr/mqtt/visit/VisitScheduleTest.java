package io.lightnvr.mqtt.visit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Random schedules, each from its seed, against what must hold whatever happens. */
class VisitScheduleTest {

    private static final int SCHEDULES = 2_000;
    private static final int STEPS = 120;

    @Test
    void everyEventIsInOneVisitThatStartsOnceAndEndsOnce() {
        long visits = LongStream.range(0, SCHEDULES)
                .map(seed -> new VisitSchedule(seed).run(STEPS))
                .sum();

        assertThat(visits).isGreaterThan(10L * SCHEDULES);
    }
}
