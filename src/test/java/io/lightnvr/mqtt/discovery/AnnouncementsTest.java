package io.lightnvr.mqtt.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AnnouncementsTest {

    private static final Topic MARKER = new Topic("lightnvr/bridge/announced");

    private final Remembered memory = new Remembered();
    private long nanos = 1_000_000_000L;
    private Announcements announcements = begin();

    @Test
    void tellsWhatIsWantedInThatOrderAndMarksTheBroker() {
        announcements.connected(nanos);
        want("bridge", "1");
        want("stream", "1");

        assertThat(told(1)).containsExactly("bridge 1", "stream 1", "marker");
        assertThat(announcements.isQuiet()).isTrue();
        assertThat(memory.announced).containsOnlyKeys("bridge", "stream");
    }

    @Test
    void marksNothingBeforeEverythingIsAcknowledged() {
        announcements.connected(nanos);
        want("bridge", "1");
        assertThat(announcements.next(nanos)).isPresent();

        assertThat(announcements.next(nanos)).isEmpty();
        announcements.told(new Topic("bridge"), nanos);

        assertThat(told(1)).containsExactly("marker");
    }

    @Test
    void tellsNothingAgainWhereTheBrokerHasForgottenNothing() {
        String marker = announce("bridge", "stream");

        announcements.connected(nanos);
        announcements.marker(marker, nanos);

        assertThat(told(10)).isEmpty();
    }

    @Test
    void tellsNothingAgainAfterARestart() {
        String marker = announce("bridge", "stream");
        announcements = begin();
        want("bridge", "1");
        want("stream", "1");

        announcements.connected(nanos);
        assertThat(announcements.next(nanos)).as("while the marker is awaited").isEmpty();
        announcements.marker(marker, nanos);

        assertThat(told(10)).isEmpty();
    }

    @Test
    void tellsEverythingAgainToABrokerThatHasForgotten() {
        announce("bridge", "stream");

        announcements.connected(nanos);

        assertThat(told(10)).containsExactly("bridge 1", "stream 1", "marker");
    }

    @Test
    void tellsEverythingAgainToABrokerThatRemembersSomethingOlder() {
        String older = announce("bridge");
        want("stream", "1");
        told(3);

        announcements.connected(nanos);
        announcements.marker(older, nanos);

        assertThat(told(10)).containsExactly("bridge 1", "stream 1", "marker");
    }

    @Test
    void waitsAtMostASecondForTheMarker() {
        announce("bridge");

        announcements.connected(nanos);

        assertThat(announcements.deadline())
                .isEqualTo(nanos + Duration.ofSeconds(1).toNanos());
        nanos += Duration.ofSeconds(1).toNanos();
        assertThat(announcements.next(nanos)).isPresent();
    }

    @Test
    void tellsEverythingAgainSoonAfterABirth() {
        announce("bridge", "stream");

        announcements.birth(nanos);

        assertThat(announcements.deadline())
                .isBetween(nanos, nanos + Duration.ofSeconds(2).toNanos());
        assertThat(told(10)).containsExactly("bridge 1", "stream 1");
    }

    @Test
    void isNotPostponedByABirthThatIsSaidAgain() {
        announce("bridge");
        assertThat(announcements.birth(nanos)).isTrue();
        long due = announcements.deadline();

        nanos++;

        assertThat(announcements.birth(nanos)).isFalse();
        assertThat(announcements.deadline()).isEqualTo(due);
    }

    @Test
    void remembersADeviceBeforeTheBrokerGetsIt() {
        announcements.connected(nanos);
        want("bridge", "1");
        want("stream", "1");

        assertThat(announcements.next(nanos)).isPresent();

        assertThat(memory.durable).containsOnlyKeys("bridge", "stream");
    }

    @Test
    void goesOnWithoutWhatTheBrokerRefusesAndTriesThatAloneOnTheNextConnection() {
        announcements.connected(nanos);
        want("bridge", "1");
        want("stream", "1");
        announcements.told(announcements.next(nanos).orElseThrow().topic(), nanos);
        announcements.refused(announcements.next(nanos).orElseThrow().topic(), nanos);
        assertThat(told(10)).containsExactly("marker");
        assertThat(memory.durable).containsOnlyKeys("bridge");

        announcements.connected(nanos);
        announcements.marker(memory.marker, nanos);

        assertThat(told(10)).containsExactly("stream 1", "marker");
    }

    @Test
    void triesAgainWhatWasRefusedWhenItIsAnother() {
        announcements.connected(nanos);
        want("stream", "1");
        announcements.refused(announcements.next(nanos).orElseThrow().topic(), nanos);
        want("stream", "1");
        assertThat(told(3)).isEmpty();

        want("stream", "2");

        assertThat(told(3)).containsExactly("stream 2", "marker");
    }

    @Test
    void keepsWhatTheBrokerHasWhereAChangeIsRefused() {
        announce("stream");
        want("stream", "2");
        nanos += Duration.ofSeconds(3).toNanos();
        announcements.refused(announcements.next(nanos).orElseThrow().topic(), nanos);

        assertThat(told(10)).isEmpty();
        assertThat(memory.announced.get("stream")).isEqualTo(new Announced(payload("1"), ""));
    }

    @Test
    void keepsNoTombstoneOfWhatTheBrokerNeverHad() {
        announcements.connected(nanos);
        want("stream", "1");
        announcements.refused(announcements.next(nanos).orElseThrow().topic(), nanos);

        announcements.drop(new Topic("stream"), nanos);

        assertThat(told(10)).isEmpty();
        assertThat(announcements.isQuiet()).isTrue();
        assertThat(memory.announced).isEmpty();
    }

    @Test
    void doesWithoutAMarkerThatIsRefused() {
        announcements.connected(nanos);
        want("bridge", "1");
        announcements.told(announcements.next(nanos).orElseThrow().topic(), nanos);

        announcements.refused(announcements.next(nanos).orElseThrow().topic(), nanos);

        assertThat(told(10)).isEmpty();
        assertThat(announcements.isQuiet()).isTrue();
    }

    @Test
    void keepsInMindWhatWasTakenBackUntilABirth() {
        announce("bridge", "stream");
        announcements.drop(new Topic("stream"), nanos);
        assertThat(told(5)).containsExactly("stream nothing", "marker");
        announcements = begin();
        announcements.connected(nanos);
        announcements.marker("", nanos);
        told(5);

        announcements.birth(nanos);

        assertThat(told(10)).containsExactly("bridge 1", "stream 1", "stream nothing");
        assertThat(memory.announced).containsOnlyKeys("bridge");
    }

    @Test
    void forgetsOnlyWhatTheBrokerHasTakenBack() {
        announce("bridge");
        announcements.drop(new Topic("bridge"), nanos);

        announcements.next(nanos);

        assertThat(memory.announced.get("bridge").payload()).isNotEmpty();
        assertThat(announcements.isWithdrawn(new Topic("bridge"))).isFalse();
        announcements.told(new Topic("bridge"), nanos);
        assertThat(memory.announced.get("bridge").payload()).isEmpty();
        assertThat(announcements.isWithdrawn(new Topic("bridge"))).isTrue();
    }

    @Test
    void knowsBeforeItIsSentThatTheBrokerMayKeepIt() {
        announcements.connected(nanos);
        want("bridge", "1");

        announcements.next(nanos);

        assertThat(memory.announced).containsKey("bridge");
    }

    @Test
    void withoutAConnectionOfItsOwnItMarksNothing() {
        want("bridge", "1");

        assertThat(told(1)).containsExactly("bridge 1");
        assertThat(announcements.isQuiet()).isTrue();
    }

    @Test
    void takesBackWhatIsFoundOnTheBroker() {
        announcements.found(new Topic("stray"), payload("1"), nanos);

        announcements.drop(new Topic("stray"), nanos);

        assertThat(told(3)).containsExactly("stray nothing");
    }

    @Test
    void hasNothingToDoWhileNothingHappens() {
        announce("bridge", "stream");

        assertThat(announcements.next(nanos)).isEmpty();
        assertThat(announcements.deadline()).isEqualTo(Long.MAX_VALUE);
    }

    private Announcements begin() {
        return new Announcements(MARKER, memory, new Random(1), nanos);
    }

    /** Announces these, and gives the marker. */
    private String announce(String... topics) {
        announcements.connected(nanos);
        for (String topic : topics) {
            want(topic, "1");
        }
        assertThat(told(5)).endsWith("marker");
        return memory.marker;
    }

    private void want(String topic, String content) {
        announcements.want(new Announcement(new Topic(topic), payload(content), id -> false), nanos);
    }

    private static String payload(String content) {
        return "{\"components\":{\"" + content + "\":{\"platform\":\"sensor\",\"name\":\"n\"}}}";
    }

    /** What is told in the next seconds to a broker that acknowledges everything at once. */
    private List<String> told(int seconds) {
        List<String> told = new ArrayList<>();
        for (int tenth = 0; tenth < seconds * 10; tenth++) {
            for (Optional<Message> next = announcements.next(nanos);
                    next.isPresent();
                    next = announcements.next(nanos)) {
                told.add(shown(next.get()));
                announcements.told(next.get().topic(), nanos);
            }
            nanos += Duration.ofMillis(100).toNanos();
        }
        return told;
    }

    private String shown(Message message) {
        if (message.topic().equals(MARKER)) {
            memory.marker = message.text();
            return "marker";
        }
        String content =
                message.text().isEmpty() ? "nothing" : message.text().replaceAll("^.*?:\\{\"(\\w+)\":.*$", "$1");
        return message.topic() + " " + content;
    }

    /** Keeps in memory; only what was settled is there after a kill. */
    private static final class Remembered implements Announcements.Memory {

        private final Map<String, Announced> announced = new LinkedHashMap<>();
        private Map<String, Announced> durable = Map.of();
        private String marker = "";

        @Override
        public Map<String, Announced> announced() {
            return new LinkedHashMap<>(durable);
        }

        @Override
        public void flush() {
            durable = new LinkedHashMap<>(announced);
        }

        @Override
        public void keep(String topic, Announced now) {
            if (now.equals(Announced.NOTHING)) {
                announced.remove(topic);
            } else {
                announced.put(topic, now);
            }
        }
    }
}
