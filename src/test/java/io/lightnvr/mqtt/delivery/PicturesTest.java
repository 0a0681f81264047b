package io.lightnvr.mqtt.delivery;

import static io.lightnvr.mqtt.delivery.DeliveryHarness.DOOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.broker.FakeBroker.FakeConnection;
import io.lightnvr.mqtt.broker.ReasonCode;
import io.lightnvr.mqtt.event.StreamName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Pictures, which are large and never urgent. */
class PicturesTest {

    private static final StreamName YARD = new StreamName("yard");
    private static final int MEGABYTE = 1 << 20;

    private final DeliveryHarness bridge = new DeliveryHarness();
    private final FakeConnection connection = connected();

    @Test
    void sendsOneAtATime() {
        bridge.picture(DOOR, picture(MEGABYTE, 1));
        bridge.picture(YARD, picture(MEGABYTE, 2));
        assertThat(images()).containsExactly("lightnvr/image/front_door");

        connection.answer(ReasonCode.SUCCESS);
        bridge.work();

        assertThat(images()).containsExactly("lightnvr/image/front_door", "lightnvr/image/yard");
    }

    @Test
    void sendsTheNewestOfAStream() {
        bridge.picture(YARD, picture(10, 0));
        bridge.picture(DOOR, picture(10, 1));
        bridge.picture(DOOR, picture(10, 2));

        bridge.answerAll(connection);

        assertThat(images()).containsExactly("lightnvr/image/yard", "lightnvr/image/front_door");
        assertThat(newestPicture()).isEqualTo((byte) 2);
    }

    @Test
    void letsAnEventGoFirst() {
        bridge.picture(YARD, picture(10, 0));
        bridge.picture(DOOR, picture(10, 1));

        bridge.detect(DOOR, "person");
        connection.answer(ReasonCode.SUCCESS);
        bridge.work();

        assertThat(connection.topics())
                .containsSubsequence(
                        "lightnvr/image/yard", "lightnvr/detections/front_door", "lightnvr/image/front_door");
    }

    @Test
    void sendsThePictureOfAVisitBeforeItsReport() {
        bridge.expectPicture(DOOR);
        bridge.report(DOOR, "start");
        bridge.detect(DOOR, "person");
        bridge.report(YARD, "start");
        assertThat(connection.topics()).contains("lightnvr/detections/front_door", "lightnvr/visits/yard");
        assertThat(connection.topics()).doesNotContain("lightnvr/visits/front_door");

        bridge.pass(Duration.ofMillis(299));
        bridge.picture(DOOR, picture(10, 1));

        assertThat(connection.topics()).endsWith("lightnvr/image/front_door", "lightnvr/visits/front_door");
    }

    @Test
    void delaysNoReportForLongerThan300Milliseconds() {
        bridge.expectPicture(DOOR);
        bridge.report(DOOR, "start");

        bridge.pass(Duration.ofMillis(299));
        assertThat(visits()).isEmpty();
        bridge.pass(Duration.ofMillis(1));

        assertThat(visits()).containsExactly("start");
    }

    @Test
    void waitsNoLongerForASecondPictureOfTheSameVisit() {
        bridge.expectPicture(DOOR);
        bridge.report(DOOR, "start");
        bridge.pass(Duration.ofMillis(200));
        bridge.expectPicture(DOOR);

        bridge.pass(Duration.ofMillis(100));

        assertThat(visits()).containsExactly("start");
    }

    @Test
    void takesNoPictureForTheExpectedOneThatWaitedBefore() {
        bridge.picture(YARD, picture(MEGABYTE, 0));
        bridge.picture(DOOR, picture(10, 1));
        bridge.expectPicture(DOOR);
        bridge.report(DOOR, "start");
        connection.answer(ReasonCode.SUCCESS);
        bridge.work();
        assertThat(images()).containsExactly("lightnvr/image/yard");

        bridge.picture(DOOR, picture(10, 2));

        assertThat(newestPicture()).isEqualTo((byte) 2);
        assertThat(connection.topics()).endsWith("lightnvr/image/front_door", "lightnvr/visits/front_door");
    }

    @Test
    void keepsTheOrderOfReportsWhenSomeWaitForPictures() {
        bridge.report(DOOR, "start");
        bridge.expectPicture(DOOR);
        bridge.report(DOOR, "update");
        bridge.report(DOOR, "end");
        connection.lose(ReasonCode.SUCCESS);
        bridge.work();
        FakeConnection next = bridge.connect();

        bridge.answerAllWithin(next, Duration.ofSeconds(1));

        assertThat(visits(next)).containsExactly("start", "update", "end");
    }

    @Test
    void sendsOneAgainThatALossInterruptedButNotAThirdTime() {
        bridge.picture(DOOR, picture(MEGABYTE, 1));

        FakeConnection second = loseAndConnect(connection);
        assertThat(second.topics()).contains("lightnvr/image/front_door");
        FakeConnection third = loseAndConnect(second);

        assertThat(third.topics()).doesNotContain("lightnvr/image/front_door");
    }

    @Test
    void keepsAtMost8MegabytesWhileTheBrokerIsAway() {
        List<StreamName> streams =
                IntStream.range(0, 20).mapToObj(i -> new StreamName("cam" + i)).toList();
        bridge.list(streams.toArray(StreamName[]::new));
        bridge.answerAll(connection);
        connection.lose(ReasonCode.SUCCESS);
        bridge.work();

        streams.forEach(stream -> bridge.picture(stream, picture(MEGABYTE, 1)));

        FakeConnection next = bridge.connect();
        bridge.answerAll(next);
        assertThat(next.topics().stream().filter(topic -> topic.startsWith("lightnvr/image/")))
                .containsExactlyElementsOf(streams.subList(12, 20).stream()
                        .map(stream -> "lightnvr/image/" + stream.raw())
                        .toList());
    }

    @Test
    void sendsStillsOnTheirOwnTopicAndLast() {
        bridge.still(YARD, picture(10, 0));
        bridge.still(DOOR, picture(10, 1));
        bridge.picture(DOOR, picture(10, 2));

        bridge.answerAll(connection);

        assertThat(connection.topics())
                .containsSubsequence(
                        "lightnvr/snapshot/yard", "lightnvr/image/front_door", "lightnvr/snapshot/front_door");
    }

    @Test
    void keepsAtMost2MegabytesOfStillsWhileTheBrokerIsAway() {
        StreamName gate = new StreamName("gate");
        bridge.list(DOOR, YARD, gate);
        bridge.answerAll(connection);
        connection.lose(ReasonCode.SUCCESS);
        bridge.work();

        List.of(DOOR, YARD, gate).forEach(stream -> bridge.still(stream, picture(MEGABYTE, 1)));

        FakeConnection next = bridge.connect();
        bridge.answerAll(next);
        assertThat(next.topics().stream().filter(topic -> topic.startsWith("lightnvr/snapshot/")))
                .containsExactly("lightnvr/snapshot/yard", "lightnvr/snapshot/gate");
    }

    @Test
    void keepsAPictureThatComesBeforeItsStream() {
        StreamName gate = new StreamName("gate");
        bridge.picture(gate, picture(10, 1));

        bridge.list(DOOR, YARD, gate);
        bridge.answerAll(connection);

        assertThat(images()).containsExactly("lightnvr/image/gate");
    }

    @Test
    void ignoresAPictureOfAStreamThatNobodyKnows() {
        bridge.picture(new StreamName("gone"), picture(10, 1));

        assertThat(images()).isEmpty();
    }

    private List<String> visits() {
        return visits(connection);
    }

    private static List<String> visits(FakeConnection connection) {
        return connection.sent.stream()
                .filter(message -> message.message().topic().toString().startsWith("lightnvr/visits/"))
                .map(message -> new String(message.message().payload(), StandardCharsets.UTF_8))
                .map(report -> report.replaceFirst("[^a-z].*", ""))
                .toList();
    }

    private FakeConnection connected() {
        bridge.list(DOOR, YARD);
        return bridge.settled();
    }

    private FakeConnection loseAndConnect(FakeConnection old) {
        old.lose(ReasonCode.SUCCESS);
        bridge.work();
        FakeConnection next = bridge.connect();
        while (next.unanswered() > 0
                && !next.topics().get(next.topics().size() - next.unanswered()).contains("/image/")) {
            next.answer(ReasonCode.SUCCESS);
            bridge.work();
        }
        return next;
    }

    private List<String> images() {
        return connection.topics().stream()
                .filter(topic -> topic.startsWith("lightnvr/image/"))
                .toList();
    }

    private byte newestPicture() {
        return connection.sent.stream()
                .map(sent -> sent.message())
                .filter(message -> message.topic().name().equals("lightnvr/image/front_door"))
                .reduce((first, last) -> last)
                .orElseThrow()
                .payload()[0];
    }

    private static byte[] picture(int bytes, int first) {
        byte[] jpeg = new byte[bytes];
        jpeg[0] = (byte) first;
        return jpeg;
    }
}
