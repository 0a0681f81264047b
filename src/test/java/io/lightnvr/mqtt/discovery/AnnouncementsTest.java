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
    void announcesInTheOrderOfTheFirstAnnouncementAndMarksTheBroker() {
        announcements.connected(nanos);
        want("bridge", "1");
        want("stream", "1");

        assertThat(sent(1)).containsExactly("bridge 1", "stream 1", "marker");
        assertThat(announcements.isQuiet()).isTrue();
        assertThat(memory.announced).containsOnlyKeys("bridge", "stream");
    }

    @Test
    void marksNothingBeforeEverythingIsAcknowledged() {
        announcements.connected(nanos);
        want("bridge", "1");
        assertThat(announcements.next(nanos)).isPresent();

        assertThat(announcements.next(nanos)).isEmpty();
        announcements.acknowledged(new Topic("bridge"), nanos);

        assertThat(sent(1)).containsExactly("marker");
    }

    @Test
    void publishesNothingAgainIfTheBrokerHasForgottenNothing() {
        String marker = announce("bridge", "stream");

        announcements.connected(nanos);
        announcements.markerReceived(marker, nanos);

        assertThat(sent(10)).isEmpty();
    }

    @Test
    void publishesNothingAgainAfterARestart() {
        String marker = announce("bridge", "stream");
        announcements = begin();
        want("bridge", "1");
        want("stream", "1");

        announcements.connected(nanos);
        assertThat(announcements.next(nanos)).as("while the marker is awaited").isEmpty();
        announcements.markerReceived(marker, nanos);

        assertThat(sent(10)).isEmpty();
    }

    @Test
    void publishesEverythingAgainToABrokerThatHasForgotten() {
        announce("bridge", "stream");

        announcements.connected(nanos);

        assertThat(sent(10)).containsExactly("bridge 1", "stream 1", "marker");
    }

    @Test
    void publishesEverythingAgainToABrokerThatKeepsAnOlderMarker() {
        String older = announce("bridge");
        want("stream", "1");
        sent(3);

        announcements.connected(nanos);
        announcements.markerReceived(older, nanos);

        assertThat(sent(10)).containsExactly("bridge 1", "stream 1", "marker");
    }

    @Test
    void waitsAtMostASecondForTheMarker() {
        announce("bridge");

        announcements.connected(nanos);

        assertThat(announcements.waitNanos(nanos))
                .hasValue(Duration.ofSeconds(1).toNanos());
        nanos += Duration.ofSeconds(1).toNanos();
        assertThat(announcements.next(nanos)).isPresent();
    }

    @Test
    void publishesEverythingAgainSoonAfterABirth() {
        announce("bridge", "stream");

        announcements.birth(nanos);

        assertThat(announcements.waitNanos(nanos).orElseThrow())
                .isBetween(0L, Duration.ofSeconds(2).toNanos());
        assertThat(sent(10)).containsExactly("bridge 1", "stream 1");
    }

    @Test
    void isNotPostponedByASecondBirth() {
        announce("bridge");
        assertThat(announcements.birth(nanos)).isTrue();
        long wait = announcements.waitNanos(nanos).orElseThrow();

        nanos++;

        assertThat(announcements.birth(nanos)).isFalse();
        assertThat(announcements.waitNanos(nanos)).hasValue(wait - 1);
    }

    @Test
    void keepsADeviceBeforeTheBrokerGetsIt() {
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
        announcements.acknowledged(announcements.next(nanos).orElseThrow().topic(), nanos);
        announcements.refused(announcements.next(nanos).orElseThrow().topic(), nanos);
        assertThat(sent(10)).containsExactly("marker");
        assertThat(memory.durable).containsOnlyKeys("bridge");

        announcements.connected(nanos);
        announcements.markerReceived(memory.marker, nanos);

        assertThat(sent(10)).containsExactly("stream 1", "marker");
    }

    @Test
    void triesARefusedTopicAgainWithAnotherPayload() {
        announcements.connected(nanos);
        want("stream", "1");
        announcements.refused(announcements.next(nanos).orElseThrow().topic(), nanos);
        want("stream", "1");
        assertThat(sent(3)).isEmpty();

        want("stream", "2");

        assertThat(sent(3)).containsExactly("stream 2", "marker");
    }

    @Test
    void keepsWhatTheBrokerHasIfAChangeIsRefused() {
        announce("stream");
        want("stream", "2");
        nanos += Duration.ofSeconds(3).toNanos();
        announcements.refused(announcements.next(nanos).orElseThrow().topic(), nanos);

        assertThat(sent(10)).isEmpty();
        assertThat(memory.announced.get("stream")).isEqualTo(new Announced(payload("1"), ""));
    }

    @Test
    void keepsNoTombstoneOfWhatTheBrokerNeverHad() {
        announcements.connected(nanos);
        want("stream", "1");
        announcements.refused(announcements.next(nanos).orElseThrow().topic(), nanos);

        announcements.withdraw(new Topic("stream"), nanos);

        assertThat(sent(10)).isEmpty();
        assertThat(announcements.isQuiet()).isTrue();
        assertThat(memory.announced).isEmpty();
    }

    @Test
    void doesWithoutAMarkerThatIsRefused() {
        announcements.connected(nanos);
        want("bridge", "1");
        announcements.acknowledged(announcements.next(nanos).orElseThrow().topic(), nanos);

        announcements.refused(announcements.next(nanos).orElseThrow().topic(), nanos);

        assertThat(sent(10)).isEmpty();
        assertThat(announcements.isQuiet()).isTrue();
    }

    @Test
    void repeatsARemovalAfterABirth() {
        announce("bridge", "stream");
        announcements.withdraw(new Topic("stream"), nanos);
        assertThat(sent(5)).containsExactly("stream nothing", "marker");
        announcements = begin();
        announcements.connected(nanos);
        announcements.markerReceived("", nanos);
        sent(5);

        announcements.birth(nanos);

        assertThat(sent(10)).containsExactly("bridge 1", "stream 1", "stream nothing");
        assertThat(memory.announced).containsOnlyKeys("bridge");
    }

    @Test
    void forgetsADeviceOnceTheBrokerHasClearedIt() {
        announce("bridge");
        announcements.withdraw(new Topic("bridge"), nanos);

        announcements.next(nanos);

        assertThat(memory.announced.get("bridge").payload()).isNotEmpty();
        assertThat(announcements.isWithdrawn(new Topic("bridge"))).isFalse();
        announcements.acknowledged(new Topic("bridge"), nanos);
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

        assertThat(sent(1)).containsExactly("bridge 1");
        assertThat(announcements.isQuiet()).isTrue();
    }

    @Test
    void withdrawsWhatIsFoundAtTheBroker() {
        announcements.found(new Topic("stray"), payload("1"), nanos);

        announcements.withdraw(new Topic("stray"), nanos);

        assertThat(sent(3)).containsExactly("stray nothing");
    }

    @Test
    void hasNothingToDoWhileNothingHappens() {
        announce("bridge", "stream");

        assertThat(announcements.next(nanos)).isEmpty();
        assertThat(announcements.waitNanos(nanos)).isEmpty();
    }

    @Test
    void worksWhileTheMonotonicClockWraps() {
        nanos = Long.MAX_VALUE - Duration.ofMillis(500).toNanos();
        announcements = begin();
        announce("bridge", "stream");

        announcements.birth(nanos);

        assertThat(sent(10)).containsExactly("bridge 1", "stream 1");
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
        assertThat(sent(5)).endsWith("marker");
        return memory.marker;
    }

    private void want(String topic, String content) {
        announcements.announce(new Announcement(new Topic(topic), payload(content), id -> false), nanos);
    }

    private static String payload(String content) {
        return "{\"components\":{\"" + content + "\":{\"platform\":\"sensor\",\"name\":\"n\"}}}";
    }

    /** What is sent in the next seconds to a broker that acknowledges everything at once. */
    private List<String> sent(int seconds) {
        List<String> sent = new ArrayList<>();
        for (int tenth = 0; tenth < seconds * 10; tenth++) {
            for (Optional<Message> next = announcements.next(nanos);
                    next.isPresent();
                    next = announcements.next(nanos)) {
                sent.add(shown(next.get()));
                announcements.acknowledged(next.get().topic(), nanos);
            }
            nanos += Duration.ofMillis(100).toNanos();
        }
        return sent;
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
