package io.lightnvr.mqtt.it.chaos;

import static io.lightnvr.mqtt.it.chaos.Talk.CAR;
import static io.lightnvr.mqtt.it.chaos.Talk.PERSON;
import static io.lightnvr.mqtt.it.chaos.Talk.sighted;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private final Talk said = new Talk().connects().event("a", 1, 7, PERSON);

    @Test
    void counts() {
        said.event("b", 2, 8, CAR).connects().event("b", 2, 8, CAR);

        Verdict verdict = verdict(Talk.ledger(sighted(7, PERSON), sighted(8, CAR), sighted(9, CAR)), 1);

        assertThat(verdict)
                .usingRecursiveComparison()
                .ignoringFields("problems")
                .isEqualTo(new Verdict(List.of(), 3, 3, 2, 0, 0, 1, 1, 2));
    }

    @Test
    void hearsEveryCheck() {
        said.event("c", 3, 9, CAR).event("c", 3, 9, CAR);

        Verdict verdict = verdict(Talk.ledger(sighted(8, PERSON)), 2);

        assertThat(String.join("\n", verdict.problems()))
                .contains(
                        "Rows that nobody heard of: 1",
                        "Rows that there never were: 2",
                        "event 2 has the sequence 3",
                        "came twice in one connection: 1",
                        "never heard: 3",
                        "bridge/state is",
                        "The tap subscribed 1 times to a broker that was started 2 times");
    }

    private Verdict verdict(Ledger ledger, int brokerStarts) {
        Hearing nothing = new Talk().heardBy("once");
        return Verdict.of(new Evidence(ledger, said.heard(), List.of(nothing), nothing, brokerStarts, List.of()));
    }
}
