package io.lightnvr.mqtt.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is published on one discovery topic, and when: each message is written as its second and what it holds. */
class DeviceTopicTest {

    private static final Topic TOPIC = new Topic("homeassistant/device/d/config");

    private long nanos = 5_000_000_000L;

    @Test
    void publishesWhatIsWantedOnce() {
        DeviceTopic device = fresh();

        device.announce(with("a", "b"));

        assertThat(sent(device, 10)).containsExactly("0.0 a b");
        assertThat(device.announced()).isEqualTo(new Announced(payload("a", "b"), ""));
    }

    @Test
    void leavesTwoSecondsBetweenTwoPayloads() {
        DeviceTopic device = fresh();
        device.announce(with("a"));
        List<String> sent = new ArrayList<>(sent(device, 1)); // the first of the two seconds
        device.announce(with("a", "b"));
        device.announce(with("a", "b", "c"));

        sent.addAll(sent(device, 10));

        assertThat(sent).containsExactly("0.0 a", "1.0 a b c");
    }

    @Test
    void removesAComponentBeforeItLeavesItOut() {
        DeviceTopic device = announced("a", "b");

        device.announce(with("a"));

        assertThat(sent(device, 10)).containsExactly("0.0 a -b", "2.5 a");
        assertThat(device.announced()).isEqualTo(new Announced(payload("a"), payload("a", "b")));
    }

    @Test
    void removesADeviceAndKeepsItsTombstone() {
        DeviceTopic device = announced("a", "b");

        device.withdraw();

        assertThat(sent(device, 10)).containsExactly("0.0 nothing");
        assertThat(device.announced()).isEqualTo(new Announced("", payload("a", "b")));
        assertThat(device.isGone()).as("its tombstone stays").isFalse();
    }

    @Test
    void createsARemovedDeviceOnceMoreForAHomeAssistantThatWasNotRunning() {
        DeviceTopic device = announced("a", "b");
        device.withdraw();
        sent(device, 3);

        device.repeatRemoval();
        device.acknowledged();

        assertThat(sent(device, 10)).containsExactly("0.0 a b (not retained)", "2.5 nothing");
        device.acknowledged();
        assertThat(device.announced()).isEqualTo(Announced.NOTHING);
        assertThat(device.isGone()).isTrue();
    }

    @Test
    void createsARemovedComponentOnceMoreForAHomeAssistantThatWasNotRunning() {
        DeviceTopic device = announced("a", "b", "c");
        device.announce(with("a", "b"));
        sent(device, 10);
        device.announce(with("a"));
        sent(device, 10);

        device.repeatRemoval();

        assertThat(sent(device, 10)).containsExactly("0.0 a b c (not retained)", "2.5 a -b -c (not retained)", "5.0 a");
        assertThat(device.announced()).isEqualTo(new Announced(payload("a"), ""));
    }

    @Test
    void forgetsATombstoneWhenItsComponentsComeBack() {
        DeviceTopic device = announced("a", "b");
        device.announce(with("a"));
        sent(device, 10);

        device.announce(with("a", "b"));

        assertThat(sent(device, 10)).containsExactly("0.0 a b");
        assertThat(device.announced().tombstone()).isEmpty();
        device.repeatRemoval();
        assertThat(sent(device, 10)).isEmpty();
    }

    @Test
    void republishesOnlyWhatIsWanted() {
        DeviceTopic device = announced("a");
        device.republish();
        assertThat(sent(device, 3)).containsExactly("0.0 a");
        device.withdraw();
        sent(device, 3);

        device.republish();

        assertThat(sent(device, 3))
                .as("Home Assistant complains of nothing that it does not know")
                .isEmpty();
    }

    @Test
    void startsOverWhatALostConnectionLeftHalfDone() {
        DeviceTopic device = announced("a", "b");
        device.announce(with("a"));
        assertThat(sent(device, 1)).containsExactly("0.0 a -b");

        device.startOver(nanos);

        assertThat(sent(device, 10)).containsExactly("0.0 a -b", "2.5 a");
    }

    @Test
    void republishesWhatWasNotAnsweredWhenTheConnectionWasLost() {
        DeviceTopic device = announced("a");
        device.announce(with("b", "a"));
        sent(device, 1);

        device.startOver(nanos);

        assertThat(sent(device, 10)).containsExactly("0.0 b a");
    }

    @Test
    void repeatsARemovalAfterALostConnection() {
        DeviceTopic device = announced("a");
        device.withdraw();
        sent(device, 3);
        device.acknowledged();
        device.repeatRemoval();
        assertThat(sent(device, 1)).containsExactly("0.0 a (not retained)");
        device.acknowledged();

        device.startOver(nanos);

        assertThat(sent(device, 10)).containsExactly("0.0 a (not retained)", "2.5 nothing");
    }

    @Test
    void removesADeviceThatIsWithdrawnWhileARemovalIsRepeated() {
        DeviceTopic device = announced("a", "b");
        device.announce(with("a"));
        sent(device, 10);
        device.repeatRemoval();
        sent(device, 1);

        device.withdraw();

        assertThat(sent(device, 10)).containsExactly("1.5 nothing");
        assertThat(device.announced().payload()).isEmpty();
    }

    @Test
    void removesADeviceOfAnOlderVersionOfWhichOnlyTheTopicIsKnown() {
        DeviceTopic device = new DeviceTopic(TOPIC, new Announced("{}", ""), nanos);

        device.withdraw();

        assertThat(sent(device, 10)).containsExactly("0.0 nothing");
        assertThat(device.announced()).isEqualTo(Announced.NOTHING);
    }

    private DeviceTopic fresh() {
        return new DeviceTopic(TOPIC, Announced.NOTHING, nanos);
    }

    private DeviceTopic announced(String... components) {
        return new DeviceTopic(TOPIC, new Announced(payload(components), ""), nanos);
    }

    private static Announcement with(String... components) {
        return new Announcement(TOPIC, payload(components), id -> false);
    }

    private static String payload(String... components) {
        return Stream.of(components)
                .map(id -> "\"" + id + "\":{\"platform\":\"sensor\",\"name\":\"n\"}")
                .collect(Collectors.joining(",", "{\"components\":{", "}}"));
    }

    /** What is published in the next seconds. */
    private List<String> sent(DeviceTopic device, int seconds) {
        List<String> sent = new ArrayList<>();
        long start = nanos;
        for (int tenth = 0; tenth < seconds * 10; tenth++) {
            for (Optional<Message> next = device.next(nanos); next.isPresent(); next = device.next(nanos)) {
                sent.add("%d.%d %s".formatted((nanos - start) / 1_000_000_000, tenth % 10, shown(next.get())));
            }
            nanos += Duration.ofMillis(100).toNanos();
        }
        return sent;
    }

    private static String shown(Message message) {
        return message.text().isEmpty()
                ? "nothing"
                : message.text()
                                .replaceAll("\"(\\w)\":\\{\"platform\":\"sensor\"}", "-$1")
                                .replaceAll("\"(\\w)\":\\{\"platform\":\"sensor\",\"name\":\"n\"}", "$1")
                                .replace("{\"components\":{", "")
                                .replace("}}", "")
                                .replace(",", " ")
                        + (message.retain() ? "" : " (not retained)");
    }
}
