package io.lightnvr.mqtt.it.chaos;

import static io.lightnvr.mqtt.it.chaos.Talk.CAR;
import static io.lightnvr.mqtt.it.chaos.Talk.PERSON;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryCheckTest {

    private static final long KILLED = 100_000;

    private final Talk said = new Talk();
    private final Talk heard = new Talk();

    @Test
    void isContentWithTheSame() {
        said.event("a", 1, 7, PERSON).event("b", 2, 8, CAR);
        heard.event("a", 1, 7, PERSON).event("b", 2, 8, CAR);

        assertThat(problems(1, List.of())).isEmpty();
    }

    @Test
    void findsAnEventThatWasNeverHeard() {
        said.event("a", 1, 7, PERSON).event("b", 2, 8, CAR);
        heard.event("b", 2, 8, CAR);

        assertThat(problems(2, List.of()))
                .singleElement()
                .asString()
                .startsWith("Events that once never heard: 1, such as");
    }

    @Test
    void forgivesWhatAKilledBrokerHadNotSaved() {
        said.at(KILLED - 4_000).event("a", 1, 7, PERSON);

        assertThat(problems(2, List.of(KILLED))).isEmpty();
    }

    @Test
    void doesNotForgiveWhatItHadTimeToSave() {
        said.at(KILLED - 16_000).event("a", 1, 7, PERSON);

        assertThat(problems(2, List.of(KILLED))).hasSize(1);
    }

    @Test
    void doesNotForgiveWhatWasSaidAgainWhenItWasBack() {
        said.at(KILLED - 100).event("a", 1, 7, PERSON);
        said.at(KILLED + 11_000).event("a", 1, 7, PERSON);

        assertThat(problems(2, List.of(KILLED))).hasSize(1);
    }

    @Test
    void findsAnEventThatTheTapDidNotHear() {
        heard.event("a", 1, 7, PERSON);

        assertThat(problems(2, List.of())).containsExactly("Events that only once heard: 1, such as [a]");
    }

    @Test
    void findsAnotherOrder() {
        said.event("a", 1, 7, PERSON).event("b", 2, 8, CAR);
        heard.event("b", 2, 8, CAR).event("a", 1, 7, PERSON);

        assertThat(problems(1, List.of()))
                .containsExactly("once heard the events of front_door in another order than the tap");
    }

    @Test
    void findsARepeatThatOnlyABrokerThatStayedCanHaveMade() {
        said.event("a", 1, 7, PERSON);
        heard.event("a", 1, 7, PERSON).event("a", 1, 7, PERSON);

        assertThat(problems(2, List.of())).isEmpty();
        assertThat(problems(1, List.of())).containsExactly("once heard 2 messages, the tap 1");
    }

    private List<String> problems(int brokerStarts, List<Long> kills) {
        Hearing ear = heard.heardBy("once");
        Evidence evidence =
                new Evidence(Ledger.empty(), said.heard(), List.of(ear), new Talk().heard(), brokerStarts, kills);
        return MemoryCheck.problems(evidence, ear);
    }
}
