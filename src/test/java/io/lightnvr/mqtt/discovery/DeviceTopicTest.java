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

/** What is said on one discovery topic, and when: each message is written as its second and what it holds. */
class DeviceTopicTest {

    private static final Topic TOPIC = new Topic("homeassistant/device/d/config");

    private long nanos = 5_000_000_000L;

    @Test
    void saysWhatIsWantedOnce() {
        DeviceTopic device = fresh();

        device.want(with("a", "b"));

        assertThat(said(device, 10)).containsExactly("0.0 a b");
        assertThat(device.announced()).isEqualTo(new Announced(payload("a", "b"), ""));
    }

    @Test
    void leavesTwoSecondsBetweenTwoPayloads() {
        DeviceTopic device = fresh();
        device.want(with("a"));
        List<String> said = new ArrayList<>(said(device, 1)); // the first of the two seconds
        device.want(with("a", "b"));
        device.want(with("a", "b", "c"));

        said.addAll(said(device, 10));

        assertThat(said).containsExactly("0.0 a", "1.0 a b c");
    }

    @Test
    void removesAComponentBeforeItLeavesItOut() {
        DeviceTopic device = announced("a", "b");

        device.want(with("a"));

        assertThat(said(device, 10)).containsExactly("0.0 a -b", "2.5 a");
        assertThat(device.announced()).isEqualTo(new Announced(payload("a"), payload("a", "b")));
    }

    @Test
    void removesADeviceAndKeepsItInMind() {
        DeviceTopic device = announced("a", "b");

        device.drop();

        assertThat(said(device, 10)).containsExactly("0.0 nothing");
        assertThat(device.announced()).isEqualTo(new Announced("", payload("a", "b")));
        assertThat(device.isGone()).as("its tombstone stays").isFalse();
    }

    @Test
    void makesARemovedDeviceOnceMoreForAHomeAssistantThatWasNotThere() {
        DeviceTopic device = announced("a", "b");
        device.drop();
        said(device, 3);

        device.exhume();
        device.answered();

        assertThat(said(device, 10)).containsExactly("0.0 a b (passing)", "2.5 nothing");
        device.answered();
        assertThat(device.announced()).isEqualTo(Announced.NOTHING);
        assertThat(device.isGone()).isTrue();
    }

    @Test
    void makesARemovedComponentOnceMoreForAHomeAssistantThatWasNotThere() {
        DeviceTopic device = announced("a", "b", "c");
        device.want(with("a", "b"));
        said(device, 10);
        device.want(with("a"));
        said(device, 10);

        device.exhume();

        assertThat(said(device, 10)).containsExactly("0.0 a b c (passing)", "2.5 a -b -c (passing)", "5.0 a");
        assertThat(device.announced()).isEqualTo(new Announced(payload("a"), ""));
    }

    @Test
    void forgetsATombstoneWhenItsComponentsComeBack() {
        DeviceTopic device = announced("a", "b");
        device.want(with("a"));
        said(device, 10);

        device.want(with("a", "b"));

        assertThat(said(device, 10)).containsExactly("0.0 a b");
        assertThat(device.announced().tombstone()).isEmpty();
        device.exhume();
        assertThat(said(device, 10)).isEmpty();
    }

    @Test
    void saysAgainOnlyWhatIsWanted() {
        DeviceTopic device = announced("a");
        device.sayAgain();
        assertThat(said(device, 3)).containsExactly("0.0 a");
        device.drop();
        said(device, 3);

        device.sayAgain();

        assertThat(said(device, 3))
                .as("Home Assistant complains of nothing that it does not know")
                .isEmpty();
    }

    @Test
    void beginsAnewWhatALostConnectionLeftHalfDone() {
        DeviceTopic device = announced("a", "b");
        device.want(with("a"));
        assertThat(said(device, 1)).containsExactly("0.0 a -b");

        device.startOver(nanos);

        assertThat(said(device, 10)).containsExactly("0.0 a -b", "2.5 a");
    }

    @Test
    void saysAgainWhatWasNotAnsweredWhenTheConnectionWasLost() {
        DeviceTopic device = announced("a");
        device.want(with("b", "a"));
        said(device, 1);

        device.startOver(nanos);

        assertThat(said(device, 10)).containsExactly("0.0 b a");
    }

    @Test
    void goesOnExhumingAfterALostConnection() {
        DeviceTopic device = announced("a");
        device.drop();
        said(device, 3);
        device.answered();
        device.exhume();
        assertThat(said(device, 1)).containsExactly("0.0 a (passing)");
        device.answered();

        device.startOver(nanos);

        assertThat(said(device, 10)).containsExactly("0.0 a (passing)", "2.5 nothing");
    }

    @Test
    void removesWhatIsDroppedWhileItIsExhumed() {
        DeviceTopic device = announced("a", "b");
        device.want(with("a"));
        said(device, 10);
        device.exhume();
        said(device, 1);

        device.drop();

        assertThat(said(device, 10)).containsExactly("1.5 nothing");
        assertThat(device.announced().payload()).isEmpty();
    }

    @Test
    void removesADeviceOfAnOlderVersionOfWhichOnlyTheTopicIsKnown() {
        DeviceTopic device = new DeviceTopic(TOPIC, new Announced("{}", ""), nanos);

        device.drop();

        assertThat(said(device, 10)).containsExactly("0.0 nothing");
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

    /** What it says in the next seconds. */
    private List<String> said(DeviceTopic device, int seconds) {
        List<String> said = new ArrayList<>();
        long start = nanos;
        for (int tenth = 0; tenth < seconds * 10; tenth++) {
            for (Optional<Message> next = device.next(nanos); next.isPresent(); next = device.next(nanos)) {
                said.add("%d.%d %s".formatted((nanos - start) / 1_000_000_000, tenth % 10, shown(next.get())));
            }
            nanos += Duration.ofMillis(100).toNanos();
        }
        return said;
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
                        + (message.retain() ? "" : " (passing)");
    }
}
