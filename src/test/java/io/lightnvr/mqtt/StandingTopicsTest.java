package io.lightnvr.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.StandingTopics.Rank;
import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.Topic;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandingTopicsTest {

    private final StandingTopics standing = new StandingTopics();

    @Test
    void tellsTheMoreUrgentFirst() {
        say(Rank.DISCOVERY, "d", "1");
        say(Rank.STATE, "s", "1");
        say(Rank.AVAILABILITY, "a", "1");

        assertThat(told(Rank.DISCOVERY)).containsExactly("a 1", "s 1", "d 1");
    }

    @Test
    void keepsTheLessUrgentForLater() {
        say(Rank.DISCOVERY, "d", "1");

        assertThat(told(Rank.STATE)).isEmpty();
        assertThat(told(Rank.DISCOVERY)).containsExactly("d 1");
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
        say(Rank.DISCOVERY, "d", "1");
        told(Rank.DISCOVERY);

        standing.tellAgain();

        assertThat(told(Rank.DISCOVERY)).containsExactly("s 1", "d 1");
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
