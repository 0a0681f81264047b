package io.lightnvr.mqtt.it.chaos;

import static io.lightnvr.mqtt.it.chaos.Talk.PERSON;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RepeatCheckTest {

    private final Talk talk = new Talk();

    @Test
    void countsWhatComesAgainInAnotherConnection() {
        talk.connects().event("a", 1, 7, PERSON).event("b", 2, 8, PERSON);
        talk.connects().event("b", 2, 8, PERSON).event("c", 3, 9, PERSON);
        talk.connects().event("b", 2, 8, PERSON);

        RepeatCheck check = RepeatCheck.of(talk.heard());

        assertThat(check).isEqualTo(new RepeatCheck(3, 2, List.of()));
    }

    @Test
    void findsWhatComesTwiceInOneConnection() {
        talk.connects().event("a", 1, 7, PERSON).event("a", 1, 7, PERSON);

        RepeatCheck check = RepeatCheck.of(talk.heard());

        assertThat(check.repeated()).isEqualTo(1);
        assertThat(check.problems())
                .singleElement()
                .asString()
                .startsWith("Messages that came twice in one connection: 1");
    }

    @Test
    void findsAConnectionThatBringsBackMoreThanWasInFlight() {
        bringBack(RepeatCheck.UNWRITTEN_MILLIS + 1);

        assertThat(RepeatCheck.of(talk.heard()).problems())
                .containsExactly("Connections that brought back more than 20 old events: 1, such as [21]");
    }

    @Test
    void takesWhatWasAcknowledgedShortlyBeforeTheEndForUnwritten() {
        bringBack(RepeatCheck.UNWRITTEN_MILLIS);

        assertThat(RepeatCheck.of(talk.heard())).isEqualTo(new RepeatCheck(2, 21, List.of()));
    }

    /** The second connection brings back one event more than may be in flight, all of them so long before the end of the first. */
    private void bringBack(long millis) {
        talk.connects();
        tellEvents();
        talk.at(millis).event("last", 22, 8, PERSON);
        talk.connects();
        tellEvents();
    }

    private void tellEvents() {
        for (int i = 1; i <= RepeatCheck.IN_FLIGHT + 1; i++) {
            talk.event("e" + i, i, 7, PERSON);
        }
    }

    @Test
    void takesNoRetainedWordForABeginning() {
        Receipt old = new Receipt(0, "lightnvr/availability", "online", 1, false, true, Map.of());

        assertThat(RepeatCheck.of(new Hearing("tap", List.of(old), 1)).connections())
                .isZero();
    }
}
