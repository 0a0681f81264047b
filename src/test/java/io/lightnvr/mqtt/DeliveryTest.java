package io.lightnvr.mqtt;

import static io.lightnvr.mqtt.DeliveryHarness.DOOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.FakeBroker.FakeConnection;
import io.lightnvr.mqtt.broker.Limits;
import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.Qos;
import io.lightnvr.mqtt.broker.ReasonCode;
import io.lightnvr.mqtt.event.StreamName;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeliveryTest {

    private static final StreamName YARD = new StreamName("Back Yard");
    private static final String DETECTIONS = "lightnvr/detections/front_door";

    @Test
    void saysWhoIsThereAndWhatIsSeenBeforeItAnnouncesDevices() {
        DeliveryHarness bridge = new DeliveryHarness();
        bridge.tell(new Signal.RecorderAnswers(true));
        bridge.list(DOOR);

        FakeConnection connection = bridge.connect();

        assertThat(connection.topics())
                .containsExactly(
                        "lightnvr/availability",
                        "lightnvr/availability/front_door",
                        "lightnvr/bridge/state",
                        "lightnvr/state/front_door",
                        "homeassistant/device/lightnvr_mqtt_bridge/config",
                        "homeassistant/device/lightnvr_mqtt_stream_front_door/config");
        assertThat(connection.sent).allMatch(sent -> sent.message().retain());
        assertThat(connection.subscriptions).containsExactly("homeassistant/status");
    }

    @Test
    void sendsTheDocumentedMessageThenOursWithTheSameIdentity() {
        DeliveryHarness bridge = new DeliveryHarness();
        FakeConnection connection = bridge.settled();

        bridge.detect(DOOR, "person");

        assertThat(connection.topics()).containsExactly(DETECTIONS, "lightnvr/events/front_door");
        assertThat(connection.sent.get(0).message().userProperties())
                .isEqualTo(connection.sent.get(1).message().userProperties())
                .containsEntry("sequence", "1")
                .containsKey("event_id");
    }

    @Test
    void keepsTheHeadWhenTheConnectionDropsBeforeTheAck() {
        DeliveryHarness bridge = new DeliveryHarness();
        FakeConnection first = bridge.connect();
        bridge.answerAll(first);
        bridge.detect(DOOR, "person");
        bridge.detect(DOOR, "car");

        first.lose(ReasonCode.SUCCESS);
        bridge.work();
        bridge.pass(Duration.ofSeconds(1));
        FakeConnection second = bridge.connect();

        assertThat(sequences(second)).containsExactly("1", "2");
        assertThat(bridge.outbox.backlog().waiting()).isEqualTo(2);
        bridge.answerAll(second);
        assertThat(bridge.outbox.backlog().waiting()).isZero();
        assertThat(bridge.board.counts().published()).isEqualTo(2);
    }

    @Test
    void sendsAgainWhatIsBehindAnUnacknowledgedHeadInTheFirstOrder() {
        DeliveryHarness bridge = new DeliveryHarness();
        FakeConnection first = bridge.settled();
        bridge.detect(DOOR, "person");
        bridge.detect(DOOR, "car");
        long secondDocumented = first.sent.get(2).ticket();
        long secondOurs = first.sent.get(3).ticket();
        bridge.tell(new Signal.Delivered(1, secondDocumented, ReasonCode.SUCCESS));
        bridge.tell(new Signal.Delivered(1, secondOurs, ReasonCode.SUCCESS));

        first.lose(ReasonCode.SUCCESS);
        bridge.work();
        bridge.pass(Duration.ofSeconds(1));

        assertThat(sequences(bridge.connect())).containsExactly("1", "2");
    }

    @Test
    void neverHasMoreUnacknowledgedThanTheBrokerAllows() {
        DeliveryHarness bridge = new DeliveryHarness();
        for (int i = 0; i < 10; i++) {
            bridge.detect(DOOR, "person");
        }

        FakeConnection connection = bridge.connect(new Limits(4, 1_000_000, Qos.EXACTLY_ONCE, true));

        assertThat(connection.unanswered()).isEqualTo(3);
        connection.answer(ReasonCode.SUCCESS);
        bridge.work();
        assertThat(connection.unanswered()).isEqualTo(3);
        bridge.answerAll(connection);
        assertThat(sequences(connection)).containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
    }

    @Test
    void sendsOneByOneToABrokerWithAReceiveMaximumOfOne() {
        DeliveryHarness bridge = new DeliveryHarness();
        bridge.detect(DOOR, "person");

        FakeConnection connection = bridge.connect(new Limits(1, 1_000_000, Qos.EXACTLY_ONCE, true));

        assertThat(connection.unanswered()).isOne();
        bridge.answerAll(connection);
        assertThat(bridge.outbox.backlog().waiting()).isZero();
    }

    @Test
    void holdsAStreamThatIsRefusedWhileOthersGoOn() {
        DeliveryHarness bridge = new DeliveryHarness();
        FakeConnection connection = bridge.settled();
        bridge.detect(DOOR, "person");
        connection.answer(ReasonCode.NOT_AUTHORIZED);
        connection.answerAtOnce();
        bridge.work();
        connection.sent.clear();

        bridge.detect(DOOR, "car");
        bridge.detect(YARD, "dog");

        assertThat(documented(connection)).containsExactly("lightnvr/detections/Back_Yard");
        assertThat(bridge.board.counts().lastError())
                .contains("The broker refuses messages on " + DETECTIONS
                        + ": not authorized; check what it allows our user");
        connection.sent.forEach(sent -> bridge.tell(new Signal.Delivered(1, sent.ticket(), ReasonCode.SUCCESS)));
        connection.sent.clear();
        bridge.pass(Duration.ofSeconds(60));
        assertThat(documented(connection)).containsExactly(DETECTIONS, DETECTIONS);
        assertThat(sequences(connection)).containsExactly("1", "2");
    }

    @Test
    void doesNotSendOurHalfAgainWhereOnlyTheDocumentedTopicIsRefused() {
        DeliveryHarness bridge = new DeliveryHarness();
        FakeConnection connection = bridge.connect();
        bridge.answerAll(connection);
        bridge.detect(DOOR, "person");
        connection.answer(ReasonCode.NOT_AUTHORIZED);
        connection.answerAtOnce();
        bridge.work();
        connection.sent.clear();

        bridge.pass(Duration.ofSeconds(60));

        assertThat(documented(connection)).containsExactly(DETECTIONS);
        assertThat(connection.topics()).doesNotContain("lightnvr/events/front_door");
        assertThat(bridge.outbox.backlog().waiting()).isZero();
    }

    @Test
    void triesARefusedStreamWithOneEventAtATime() {
        DeliveryHarness bridge = new DeliveryHarness();
        FakeConnection connection = bridge.connect();
        bridge.answerAll(connection);
        bridge.detect(DOOR, "person");
        connection.answer(ReasonCode.NOT_AUTHORIZED);
        connection.answer(ReasonCode.SUCCESS);
        bridge.work();
        bridge.detect(DOOR, "car");
        connection.sent.clear();

        // Whatever else is sent in that minute is answered, so that the connection stays.
        for (int second = 0; second < 60; second++) {
            bridge.pass(Duration.ofSeconds(1));
            while (connection.unanswered() > 0) {
                String topic = connection
                        .sent
                        .get(connection.sent.size() - connection.unanswered())
                        .message()
                        .topic()
                        .name();
                connection.answer(topic.equals(DETECTIONS) ? ReasonCode.NOT_AUTHORIZED : ReasonCode.SUCCESS);
                bridge.work();
            }
        }

        assertThat(sequences(connection)).containsExactly("1");
        assertThat(bridge.outbox.backlog().waiting()).isEqualTo(2);
    }

    @Test
    void givesUpAnEventThatIsTooLargeForTheBrokerAndGoesOn() {
        DeliveryHarness bridge = new DeliveryHarness();
        FakeConnection connection = bridge.connect(new Limits(20, 700, Qos.EXACTLY_ONCE, true));
        bridge.answerAll(connection);
        connection.sent.clear();

        bridge.detect(DOOR, "person", "car", "dog", "cat", "bird", "truck", "bus");
        bridge.detect(DOOR, "person");

        assertThat(sequences(connection)).containsExactly("2");
        assertThat(bridge.board.counts().poisoned()).isOne();
    }

    @Test
    void givesUpAnEventThatTheBrokerCanNeverTake() {
        DeliveryHarness bridge = new DeliveryHarness();
        FakeConnection connection = bridge.connect();
        bridge.answerAll(connection);
        bridge.detect(DOOR, "person");

        connection.answer(ReasonCode.TOPIC_NAME_INVALID);
        bridge.work();

        assertThat(bridge.outbox.backlog().waiting()).isZero();
        assertThat(bridge.board.counts().poisoned()).isOne();
        assertThat(bridge.board.counts().published()).isZero();
    }

    @Test
    void goesOnWhereOnlyOurOwnTopicIsRefused() {
        DeliveryHarness bridge = new DeliveryHarness();
        FakeConnection connection = bridge.connect();
        bridge.answerAll(connection);
        bridge.detect(DOOR, "person");

        connection.answer(ReasonCode.SUCCESS);
        connection.answer(ReasonCode.NOT_AUTHORIZED);
        bridge.work();

        assertThat(bridge.outbox.backlog().waiting()).isZero();
        assertThat(bridge.board.counts().refused()).isOne();
    }

    @Test
    void marksWhatIsSentLate() {
        DeliveryHarness bridge = new DeliveryHarness();
        bridge.detect(DOOR, "person");
        bridge.pass(Duration.ofSeconds(5));

        FakeConnection connection = bridge.connect();

        assertThat(events(connection).get(0).userProperties()).containsEntry("delayed_ms", "5000");
    }

    @Test
    void tellsTheStateAtOnceAndClearsItWhenItsTimeIsOver() {
        DeliveryHarness bridge = new DeliveryHarness();
        bridge.list(DOOR);
        FakeConnection connection = bridge.connect();
        connection.answerAtOnce();
        bridge.work();
        connection.sent.clear();

        bridge.detect(DOOR, "person");
        String seen = connection.newest("lightnvr/state/front_door");
        connection.sent.clear();
        bridge.pass(Duration.ofSeconds(30));

        assertThat(seen).contains("\"count\":1", "\"person\":\"ON\"");
        assertThat(connection.newest("lightnvr/state/front_door")).contains("\"count\":0", "\"person\":\"OFF\"");
    }

    @Test
    void announcesAgainWhenHomeAssistantHasStarted() {
        DeliveryHarness bridge = new DeliveryHarness();
        bridge.list(DOOR);
        FakeConnection connection = bridge.settled();

        connection.say("homeassistant/status", "online", false);
        bridge.work();
        bridge.pass(Duration.ofSeconds(2));

        assertThat(connection.topics())
                .contains(
                        "lightnvr/availability",
                        "lightnvr/state/front_door",
                        "homeassistant/device/lightnvr_mqtt_bridge/config",
                        "homeassistant/device/lightnvr_mqtt_stream_front_door/config");
    }

    @Test
    void doesNotAnnounceAgainForAnOldBirthNorForAFarewell() {
        DeliveryHarness bridge = new DeliveryHarness();
        FakeConnection connection = bridge.settled();

        connection.say("homeassistant/status", "online", true);
        connection.say("homeassistant/status", "offline", false);
        bridge.work();
        bridge.pass(Duration.ofSeconds(3));

        assertThat(connection.sent).isEmpty();
    }

    @Test
    void tellsHomeAssistantNothingWhereItIsSwitchedOff() {
        DeliveryHarness bridge = new DeliveryHarness(20, false);
        bridge.list(DOOR);

        FakeConnection connection = bridge.connect();

        assertThat(connection.subscriptions).isEmpty();
        assertThat(connection.topics()).noneMatch(topic -> topic.startsWith("homeassistant"));
    }

    private static List<Message> events(FakeConnection connection) {
        return connection.sent.stream()
                .map(FakeBroker.Sent::message)
                .filter(message -> message.topic().name().contains("/detections/"))
                .toList();
    }

    private static List<String> documented(FakeConnection connection) {
        return events(connection).stream()
                .map(message -> message.topic().name())
                .toList();
    }

    private static List<String> sequences(FakeConnection connection) {
        return events(connection).stream()
                .map(message -> message.userProperties().get("sequence"))
                .toList();
    }
}
