package io.lightnvr.mqtt.it.chaos;

import static io.lightnvr.mqtt.it.chaos.Talk.CAR;
import static io.lightnvr.mqtt.it.chaos.Talk.PERSON;
import static io.lightnvr.mqtt.it.chaos.Talk.STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventCheckTest {

    private final Talk talk = new Talk();

    @Test
    void isContentWithEventsInOrderOneOfThemTwice() {
        talk.event("a", 1, 7, PERSON)
                .event("other", "x", 1, 7, CAR)
                .event("b", 2, 6, CAR)
                .event("a", 1, 7, PERSON)
                .event("c", 3, 9, CAR);

        assertThat(problems()).isEmpty();
    }

    @Test
    void findsAGap() {
        talk.event("a", 1, 7, PERSON).event("c", 3, 9, CAR);

        assertThat(problems()).containsExactly("front_door: event 2 has the sequence 3");
    }

    @Test
    void findsASequenceThatTwoEventsHave() {
        talk.event("a", 1, 7, PERSON).event("b", 1, 8, CAR);

        assertThat(problems()).containsExactly("front_door: event 2 has the sequence 1");
    }

    @Test
    void findsEventsThatCameInAnotherOrderThanTheirs() {
        talk.event("a", 1, 7, PERSON).event("c", 3, 9, CAR).event("b", 2, 8, CAR);

        assertThat(problems()).containsExactly("front_door: event 2 has the sequence 3");
    }

    @Test
    void findsThatTheFirstEventsAreMissing() {
        talk.event("b", 2, 7, PERSON).event("c", 3, 9, CAR);

        assertThat(problems()).containsExactly("front_door: event 1 has the sequence 2");
    }

    @Test
    void findsAnIdThatTwoEventsHave() {
        talk.event("a", 1, 7, PERSON).documented(STREAM, "a", 1, 8, CAR);

        assertThat(problems()).singleElement().asString().startsWith("Messages with the id of another event: 1");
    }

    @Test
    void findsAnEventThatComesAgainWithAnotherSequence() {
        talk.event("a", 1, 7, PERSON).documented(STREAM, "a", 2, 7, PERSON);

        assertThat(problems()).singleElement().asString().startsWith("Messages with the id of another event: 1");
    }

    @Test
    void findsAnEventWithoutAnId() {
        talk.event("", 1, 7, PERSON);

        assertThat(problems()).singleElement().asString().startsWith("Messages with the id of another event: 1");
    }

    @Test
    void findsAnEventThatIsNotOnOurOwnTopic() {
        talk.documented(STREAM, "a", 1, 7, PERSON);

        assertThat(problems()).containsExactly("Events that the two topics do not agree on: 1, such as [a=1]");
    }

    @Test
    void findsAnEventThatIsOnlyOnOurOwnTopic() {
        talk.says("lightnvr/events/front_door", "{\"event_id\":\"a\",\"sequence\":1}", Map.of());

        assertThat(problems()).containsExactly("Events that the two topics do not agree on: 1, such as [a=1]");
    }

    private List<String> problems() {
        return EventCheck.problems(talk.heard());
    }
}
