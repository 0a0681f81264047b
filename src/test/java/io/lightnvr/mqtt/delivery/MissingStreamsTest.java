package io.lightnvr.mqtt.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.StreamList;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MissingStreamsTest {

    private static final StreamName DOOR = new StreamName("front_door");
    private static final StreamName YARD = new StreamName("Back Yard");
    private static final Set<StreamName> KNOWN = Set.of(DOOR, YARD);
    private static final StreamList COMPLETE = new StreamList(List.of(), true);
    private static final StreamList HIDING = new StreamList(List.of(), false);

    private final MissingStreams missing = new MissingStreams(Duration.ofMinutes(10));

    @Test
    void missesWhatACompleteListLacksForAWhile() {
        assertThat(missing.gone(KNOWN, COMPLETE, at(0))).isEmpty();
        assertThat(missing.gone(KNOWN, COMPLETE, at(599))).isEmpty();
        assertThat(missing.gone(KNOWN, COMPLETE, at(600))).containsExactlyInAnyOrder(DOOR, YARD);
    }

    @Test
    void missesNothingThatAListMayHide() {
        missing.gone(KNOWN, COMPLETE, at(0));
        missing.gone(KNOWN, HIDING, at(300));

        assertThat(missing.gone(KNOWN, COMPLETE, at(600))).isEmpty();
    }

    @Test
    void missesWhatAListThatHidesOthersNamesAsGone() {
        StreamList list = new StreamList(List.of(), false, Set.of(DOOR), Duration.ofSeconds(10));
        missing.gone(KNOWN, list, at(0));

        assertThat(missing.gone(KNOWN, list, at(600))).containsExactly(DOOR);
    }

    private static long at(long second) {
        return Duration.ofSeconds(second).toNanos();
    }
}
