package io.lightnvr.mqtt.source.lightnvr;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.event.StreamName;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ListPaceTest {

    private static final Set<StreamName> UP = Set.of(new StreamName("front_door"));

    private final ListPace pace = new ListPace(0);

    @Test
    void listsOftenWithALoginAndRarelyWithoutOne() {
        next(0, UP, 0, false);

        assertThat(pace.next(UP, OptionalLong.of(100), false, true, at(100))).isEqualTo(Duration.ofSeconds(10));
        assertThat(pace.next(UP, OptionalLong.of(200), false, false, at(200))).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void listsSoonInTheMinuteAfterAChange() {
        next(0, UP, 0, false);
        assertThat(next(600, Set.of(), 600, false)).isEqualTo(3);

        assertThat(next(659, Set.of(), 659, false)).isEqualTo(3);
        assertThat(next(660, Set.of(), 660, false)).isEqualTo(10);
    }

    @Test
    void listsSoonWhileAStreamIsDownButNotForEver() {
        next(0, UP, 0, false);
        assertThat(next(600, Set.of(), 600, true)).isEqualTo(3);

        assertThat(next(1_199, Set.of(), 1_199, true)).isEqualTo(3);
        assertThat(next(1_200, Set.of(), 1_200, true)).isEqualTo(10);
    }

    @Test
    void listsSoonAfterARestartOfTheRecorder() {
        next(0, UP, 1_000, false);

        assertThat(next(600, UP, 5, false)).isEqualTo(3);
        assertThat(next(700, UP, 105, false)).isEqualTo(10);
    }

    @Test
    void listsSoonAfterASilence() {
        next(0, UP, 0, false);

        pace.failed(at(600));

        assertThat(next(620, UP, 620, false)).isEqualTo(3);
    }

    private long next(long second, Set<StreamName> online, long uptime, boolean isAnyDown) {
        return pace.next(online, OptionalLong.of(uptime), isAnyDown, true, at(second))
                .toSeconds();
    }

    private static long at(long second) {
        return Duration.ofSeconds(second).toNanos();
    }
}
