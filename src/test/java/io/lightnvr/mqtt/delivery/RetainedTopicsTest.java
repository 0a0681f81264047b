package io.lightnvr.mqtt.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.delivery.RetainedTopics.Rank;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetainedTopicsTest {

    private final RetainedTopics retained = new RetainedTopics();

    @Test
    void tellsTheMoreUrgentFirst() {
        set(Rank.LAST, "p", "1");
        set(Rank.STATE, "s", "1");
        set(Rank.AVAILABILITY, "a", "1");

        assertThat(sent(Rank.LAST)).containsExactly("a 1", "s 1", "p 1");
    }

    @Test
    void keepsTheLessUrgentForLater() {
        set(Rank.LAST, "p", "1");

        assertThat(sent(Rank.STATE)).isEmpty();
        assertThat(sent(Rank.LAST)).containsExactly("p 1");
    }

    @Test
    void tellsOnlyTheNewestWord() {
        set(Rank.STATE, "s", "1");
        set(Rank.STATE, "s", "2");

        assertThat(sent(Rank.STATE)).containsExactly("s 2");
    }

    @Test
    void doesNotRepeatTheSameBytes() {
        set(Rank.STATE, "s", "1");
        sent(Rank.STATE);
        set(Rank.STATE, "s", "1");

        assertThat(sent(Rank.STATE)).isEmpty();
    }

    @Test
    void tellsEverythingAgainToANewConnection() {
        set(Rank.STATE, "s", "1");
        set(Rank.LAST, "p", "1");
        sent(Rank.LAST);

        retained.republishAll();

        assertThat(sent(Rank.LAST)).containsExactly("s 1", "p 1");
    }

    @Test
    void tellsOneTopicAgain() {
        set(Rank.STATE, "s", "1");
        set(Rank.STATE, "t", "1");
        sent(Rank.STATE);

        retained.republish(Rank.STATE, new Topic("t"));
        retained.republish(Rank.STATE, new Topic("never said"));

        assertThat(sent(Rank.STATE)).containsExactly("t 1");
    }

    @Test
    void forgetsWhatIsClearedAndPicturesOnceTheBrokerHasThem() {
        set(Rank.LAST, "p", "1");
        set(Rank.STATE, "s", "");
        set(Rank.STATE, "t", "1");
        sent(Rank.LAST);

        List.of("p 1", "s ", "t 1").forEach(this::taken);

        retained.republishAll();
        assertThat(sent(Rank.LAST)).containsExactly("t 1");
    }

    @Test
    void keepsANewerWordThanTheOneThatTheBrokerHas() {
        set(Rank.LAST, "p", "1");
        sent(Rank.LAST);
        set(Rank.LAST, "p", "2");

        taken("p 1");

        assertThat(sent(Rank.LAST)).containsExactly("p 2");
    }

    private void taken(String message) {
        String[] word = message.split(" ", 2);
        retained.acknowledged(Message.retained(new Topic(word[0]), word[1]));
    }

    private void set(Rank rank, String topic, String word) {
        retained.set(rank, Message.retained(new Topic(topic), word));
    }

    private List<String> sent(Rank last) {
        List<String> sent = new ArrayList<>();
        for (var next = retained.next(last); next.isPresent(); next = retained.next(last)) {
            sent.add(next.get().topic() + " " + next.get().text());
        }
        return sent;
    }
}
