package io.lightnvr.mqtt.source.lightnvr;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.event.StreamName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PrivacyModesTest {

    private static final StreamName DOOR = new StreamName("front_door");
    private static final StreamName YARD = new StreamName("Back Yard");

    private final PrivacyModes modes = new PrivacyModes();

    @Test
    void hidesAStreamUntil30SecondsAfterItsPrivacy() {
        list(0, true);
        assertThat(modes.isPrivate(DOOR, at(3_600))).isTrue();
        assertThat(modes.isPrivate(YARD, at(3_600))).isFalse();

        list(3_600, false);
        list(3_610, false);

        assertThat(modes.isPrivate(DOOR, at(3_629))).isTrue();
        assertThat(modes.isPrivate(DOOR, at(3_630))).isFalse();
    }

    @Test
    void goesOnWhereTheStreamIsNoLongerListed() {
        list(0, true);

        modes.follow(Map.of(), at(60));

        assertThat(modes.isPrivate(DOOR, at(120))).isTrue();
    }

    @Test
    void beginsAnewWithinThe30Seconds() {
        list(0, true);
        list(10, false);

        list(20, true);

        assertThat(modes.isPrivate(DOOR, at(60))).isTrue();
    }

    private void list(long second, boolean isPrivate) {
        modes.follow(Map.of(DOOR, new StreamsAnswer.Listed(true, isPrivate, Optional.empty())), at(second));
    }

    private static long at(long second) {
        return Duration.ofSeconds(second).toNanos();
    }
}
