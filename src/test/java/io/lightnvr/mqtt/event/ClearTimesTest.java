package io.lightnvr.mqtt.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClearTimesTest {

    private static final Duration USUAL = Duration.ofSeconds(30);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofSeconds(5);
    private static final EventGroups GROUPS =
            new EventGroups(Map.of("pet", Set.of("dog", "cat"), "large", Set.of("dog", "cow")));

    @Test
    void aLabelHasTheTimeOfItsGroup() {
        ClearTimes times = new ClearTimes(USUAL, Map.of("pet", SHORT));

        assertThat(times.of("Cat", GROUPS)).isEqualTo(SHORT);
        assertThat(times.of("cow", GROUPS)).isEqualTo(USUAL);
        assertThat(times.of("person", GROUPS)).isEqualTo(USUAL);
    }

    @Test
    void aLabelOfSeveralGroupsHasTheLongestOfTheirTimes() {
        ClearTimes times = new ClearTimes(USUAL, Map.of("pet", SHORT, "large", LONG));

        assertThat(times.of("dog", GROUPS)).isEqualTo(LONG);
    }

    @Test
    void theLongestIsNeverBelowTheUsual() {
        assertThat(new ClearTimes(USUAL, Map.of("pet", LONG)).longest(GROUPS)).isEqualTo(LONG);
        assertThat(new ClearTimes(USUAL, Map.of("pet", SHORT, "large", SHORT)).longest(GROUPS))
                .isEqualTo(USUAL);
    }

    @Test
    void saysThatTheTimeMustNotBeNegative() {
        assertThatThrownBy(() -> ClearTimes.always(Duration.ofSeconds(-1)))
                .hasMessage("Clear times must not be negative: PT-1S, {}");
    }
}
