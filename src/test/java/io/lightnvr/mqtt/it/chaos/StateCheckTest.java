package io.lightnvr.mqtt.it.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import io.lightnvr.mqtt.event.StreamName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class StateCheckTest {

    private static final long SECOND = 1_706_745_600;
    private static final String CLEAR = "{\"count\":0,\"labels\":{},\"groups\":{\"person\":\"OFF\"},\"person\":\"OFF\","
            + "\"zones\":{},\"last_label\":\"curtain\",\"last_detection\":\"2024-02-01T00:00:00Z\"}";
    private static final String WELL = "{\"recorder\":\"online\",\"dropped\":0,\"waiting\":0}";

    private final List<Filed> rows = new ArrayList<>();
    private final Talk kept = allWell();

    @Test
    void isContentWhenEverythingIsClear() {
        assertThat(problems()).isEmpty();
    }

    @Test
    void findsWhatIsOffline() {
        kept.says("lightnvr/availability", "offline", Map.of());

        assertThat(problems()).containsExactly("availability is \"offline\"");
    }

    @Test
    void findsAStreamThatIsOffline() {
        kept.says("lightnvr/availability/gate", "offline", Map.of());

        assertThat(problems()).containsExactly("availability/gate is \"offline\"");
    }

    @Test
    void findsWhatWaits() {
        kept.says("lightnvr/bridge/state", WELL.replace("\"waiting\":0", "\"waiting\":1"), Map.of());

        assertThat(problems()).singleElement().asString().startsWith("bridge/state is ");
    }

    @Test
    void findsWhatWasGivenUp() {
        kept.says("lightnvr/bridge/state", WELL.replace("\"dropped\":0", "\"dropped\":1"), Map.of());

        assertThat(problems()).singleElement().asString().startsWith("bridge/state is ");
    }

    @Test
    void findsAStateThatIsStuck() {
        kept.says(
                "lightnvr/state/gate",
                CLEAR.replace("\"groups\":{\"person\":\"OFF\"}", "\"groups\":{\"person\":\"ON\"}"),
                Map.of());

        assertThat(problems()).singleElement().asString().startsWith("gate shows ");
    }

    @Test
    void findsALabelThatIsStuck() {
        kept.says("lightnvr/state/gate", CLEAR.replace("\"labels\":{}", "\"labels\":{\"car\":1}"), Map.of());

        assertThat(problems()).singleElement().asString().startsWith("gate shows ");
    }

    @Test
    void findsALastDetectionThatIsNotTheLast() {
        kept.says("lightnvr/state/gate", CLEAR.replace("00:00:00Z", "00:00:01Z"), Map.of());

        assertThat(problems()).singleElement().asString().startsWith("gate shows ");
    }

    @Test
    void takesARowOfAClockThatWasAheadForTheLast() {
        rows.add(0, filed("gate", SECOND + 1, Talk.CAR));
        kept.says("lightnvr/state/gate", CLEAR.replace("00:00:00Z", "00:00:01Z").replace("curtain", "car"), Map.of());

        assertThat(problems()).isEmpty();
    }

    @Test
    void findsThatNothingIsKept() {
        Ledger ledger = new Ledger(OptionalLong.empty(), List.of(), rows);

        assertThat(StateCheck.problems(ledger, new Talk().heard()))
                .hasSize(2 + 2 * Traffic.STREAMS.size())
                .contains("availability is \"\"", "gate shows ");
    }

    private Talk allWell() {
        Talk talk = new Talk().connects().says("lightnvr/bridge/state", WELL, Map.of());
        for (String stream : Traffic.STREAMS) {
            String key = new StreamName(stream).key();
            talk.says("lightnvr/availability/" + key, "online", Map.of());
            talk.says("lightnvr/state/" + key, CLEAR, Map.of());
            rows.add(filed(stream, SECOND, Cameras.CURTAIN));
        }
        return talk;
    }

    private static Filed filed(String stream, long second, SimulatedRow row) {
        return new Filed(0, 0, 0, new Sighted(stream, second, row));
    }

    private List<String> problems() {
        return StateCheck.problems(new Ledger(OptionalLong.empty(), List.of(), rows), kept.heard());
    }
}
