package io.lightnvr.mqtt.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.delivery.RetainedTopics.Rank;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetainedTopicsTest {

    private final RetainedTopics standing = new RetainedTopics();

    @Test
    void tellsTheMoreUrgentFirst() {
        say(Rank.UNHURRIED, "p", "1");
        say(Rank.STATE, "s", "1");
        say(Rank.AVAILABILITY, "a", "1");

        assertThat(told(Rank.UNHURRIED)).containsExactly("a 1", "s 1", "p 1");
    }

    @Test
    void keepsTheLessUrgentForLater() {
        say(Rank.UNHURRIED, "p", "1");

        assertThat(told(Rank.STATE)).isEmpty();
        assertThat(told(Rank.UNHURRIED)).containsExactly("p 1");
    }

    @Test
    void tellsOnlyTheNewestWord() {
        say(Rank.STATE, "s", "1");
        say(Rank.STATE, "s", "2");

        assertThat(told(Rank.STATE)).containsExactly("s 2");
    }

    @Test
    void doesNotRepeatTheSameBytes() {
        say(Rank.STATE, "s", "1");
        told(Rank.STATE);
        say(Rank.STATE, "s", "1");

        assertThat(told(Rank.STATE)).isEmpty();
    }

    @Test
    void tellsEverythingAgainToANewConnection() {
        say(Rank.STATE, "s", "1");
        say(Rank.UNHURRIED, "p", "1");
        told(Rank.UNHURRIED);

        standing.tellAgain();

        assertThat(told(Rank.UNHURRIED)).containsExactly("s 1", "p 1");
    }

    @Test
    void tellsOneTopicAgain() {
        say(Rank.STATE, "s", "1");
        say(Rank.STATE, "t", "1");
        told(Rank.STATE);

        standing.tellAgain(Rank.STATE, new Topic("t"));
        standing.tellAgain(Rank.STATE, new Topic("never said"));

        assertThat(told(Rank.STATE)).containsExactly("t 1");
    }

    @Test
    void forgetsWhatIsClearedAndPicturesOnceTheBrokerHasThem() {
        say(Rank.UNHURRIED, "p", "1");
        say(Rank.STATE, "s", "");
        say(Rank.STATE, "t", "1");
        told(Rank.UNHURRIED);

        List.of("p 1", "s ", "t 1").forEach(this::taken);

        standing.tellAgain();
        assertThat(told(Rank.UNHURRIED)).containsExactly("t 1");
    }

    @Test
    void keepsANewerWordThanTheOneThatTheBrokerHas() {
        say(Rank.UNHURRIED, "p", "1");
        told(Rank.UNHURRIED);
        say(Rank.UNHURRIED, "p", "2");

        taken("p 1");

        assertThat(told(Rank.UNHURRIED)).containsExactly("p 2");
    }

    private void taken(String message) {
        String[] word = message.split(" ", 2);
        standing.told(Message.retained(new Topic(word[0]), word[1]));
    }

    private void say(Rank rank, String topic, String word) {
        standing.say(rank, Message.retained(new Topic(topic), word));
    }

    private List<String> told(Rank last) {
        List<String> told = new ArrayList<>();
        for (var next = standing.next(last); next.isPresent(); next = standing.next(last)) {
            told.add(next.get().topic() + " " + next.get().text());
        }
        return told;
    }
}
