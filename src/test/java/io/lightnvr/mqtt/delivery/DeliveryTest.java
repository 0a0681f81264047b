package io.lightnvr.mqtt.delivery;

import static io.lightnvr.mqtt.delivery.DeliveryHarness.DOOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.broker.FakeBroker.FakeConnection;
import io.lightnvr.mqtt.broker.Limits;
import io.lightnvr.mqtt.broker.Qos;
import io.lightnvr.mqtt.broker.ReasonCode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeliveryTest {

    private static final String DETECTIONS = "lightnvr/detections/front_door";

    @Test
    void saysWhoIsThereAndWhatIsSeenBeforeItAnnouncesDevices() {
        DeliveryHarness bridge = new DeliveryHarness();
        bridge.tell(new DeliverySignal.RecorderAnswers(true));
        bridge.list(DOOR);

        FakeConnection connection = bridge.connect();
        bridge.answerAll(connection);

        assertThat(connection.topics())
                .containsExactly(
                        "lightnvr/availability",
                        "lightnvr/availability/front_door",
                        "lightnvr/bridge/state",
                        "lightnvr/state/front_door",
                        "homeassistant/device/lightnvr_mqtt_bridge/config",
                        "homeassistant/device/lightnvr_mqtt_stream_front_door/config",
                        "lightnvr/bridge/announced");
        assertThat(connection.sent).allMatch(sent -> sent.message().retain());
        assertThat(connection.subscriptions)
                .containsExactlyInAnyOrder(
                        "lightnvr/availability",
                        "lightnvr/availability/+",
                        "lightnvr/state/+",
                        "lightnvr/alerts/+",
                        "lightnvr/alerts/+/pause",
                        "homeassistant/status",
                        "homeassistant/device/lightnvr_mqtt_bridge/config",
                        "lightnvr/bridge/announce",
                        "lightnvr/bridge/announced/#",
                        "lightnvr/bridge/state",
                        "camera/detections/+");
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

        assertThat(second.sequences()).containsExactly(1L, 2L);
        assertThat(bridge.store.backlog().waiting()).isEqualTo(2);
        bridge.answerAll(second);
        assertThat(bridge.store.backlog().waiting()).isZero();
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
        bridge.tell(new DeliverySignal.Answered(1, secondDocumented, ReasonCode.SUCCESS));
        bridge.tell(new DeliverySignal.Answered(1, secondOurs, ReasonCode.SUCCESS));

        first.lose(ReasonCode.SUCCESS);
        bridge.work();
        bridge.pass(Duration.ofSeconds(1));

        assertThat(bridge.connect().sequences()).containsExactly(1L, 2L);
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
        assertThat(connection.sequences()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
    }

    @Test
    void sendsOneByOneToABrokerWithAReceiveMaximumOfOne() {
        DeliveryHarness bridge = new DeliveryHarness();
        bridge.detect(DOOR, "person");

        FakeConnection connection = bridge.connect(new Limits(1, 1_000_000, Qos.EXACTLY_ONCE, true));

        assertThat(connection.unanswered()).isOne();
        bridge.answerAll(connection);
        assertThat(bridge.store.backlog().waiting()).isZero();
    }

    @Test
    void marksWhatIsSentLate() {
        DeliveryHarness bridge = new DeliveryHarness();
        bridge.detect(DOOR, "person");
        bridge.pass(Duration.ofSeconds(5));

        FakeConnection connection = bridge.connect();

        assertThat(connection.events().get(0).userProperties()).containsEntry("delayed_ms", "5000");
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
    void ringsForWhatTheRecorderPublishesOnItsOwnTopics() {
        DeliveryHarness bridge = new DeliveryHarness();
        FakeConnection connection = bridge.settled();

        connection.say("camera/detections/front_door", "{}", false);
        connection.say("camera/detections/front_door", "{}", true);
        connection.say("camera/detections/front_door", "", false);
        connection.say("lightnvr/detections/front_door", "{}", false);
        bridge.work();

        assertThat(bridge.rung).containsExactly("front_door");
        assertThat(connection.subscriptions).contains("camera/detections/+");
    }
}
