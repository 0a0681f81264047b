package io.lightnvr.mqtt.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.event.StreamName;
import org.junit.jupiter.api.Test;

class VisibleTimesTest {

    private static final StreamName DOOR = new StreamName("front_door");
    private static final StreamName YARD = new StreamName("Back Yard");

    private final VisibleTimes times = new VisibleTimes();

    @Test
    void matchesAnEventWithItsFrame() {
        times.visible(DOOR, 100, 1_000);
        times.visible(YARD, 100, 2_000);
        times.visible(DOOR, 101, 3_000);

        assertThat(times.latency(DOOR, 100, 1_500)).hasValue(500);
        assertThat(times.latency(YARD, 100, 2_600)).hasValue(600);
        assertThat(times.latency(DOOR, 101, 3_700)).hasValue(700);
    }

    @Test
    void doesNotKnowAnEventThatComesAgain() {
        times.visible(DOOR, 100, 1_000);
        times.latency(DOOR, 100, 1_500);

        assertThat(times.latency(DOOR, 100, 9_000)).isEmpty();
    }

    @Test
    void givesTheFirstEventOfASecondItsFirstFrame() {
        times.visible(DOOR, 100, 1_000);
        times.visible(DOOR, 100, 5_000);

        assertThat(times.latency(DOOR, 100, 1_500)).hasValue(500);
        assertThat(times.latency(DOOR, 100, 5_100)).hasValue(100);
    }

    @Test
    void forgetsTheOldestOfTenThousand() {
        for (int second = 0; second <= 10_000; second++) {
            times.visible(DOOR, second, 0);
        }

        assertThat(times.latency(DOOR, 0, 1)).isEmpty();
        assertThat(times.latency(DOOR, 1, 1)).hasValue(1);
    }
}
