package io.lightnvr.mqtt.delivery;

import static io.lightnvr.mqtt.delivery.DeliveryHarness.DOOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.broker.FakeBroker.FakeConnection;
import io.lightnvr.mqtt.broker.Limits;
import io.lightnvr.mqtt.broker.Qos;
import io.lightnvr.mqtt.broker.ReasonCode;
import io.lightnvr.mqtt.event.StreamName;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the broker does not take, for now or for ever. */
class DeliveryRefusalTest {

    private static final StreamName YARD = new StreamName("Back Yard");
    private static final String DETECTIONS = "lightnvr/detections/front_door";

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

        assertThat(connection.events())
                .extracting(event -> event.topic().name())
                .containsExactly("lightnvr/detections/Back_Yard");
        assertThat(bridge.board.counts().lastError())
                .contains("The broker refuses messages on " + DETECTIONS
                        + ": not authorized; check what its access control allows this user");
        connection.sent.forEach(sent -> bridge.tell(new DeliverySignal.Answered(1, sent.ticket(), ReasonCode.SUCCESS)));
        connection.sent.clear();
        bridge.pass(Duration.ofSeconds(60));
        assertThat(connection.events())
                .extracting(event -> event.topic().name())
                .containsExactly(DETECTIONS, DETECTIONS);
        assertThat(connection.sequences()).containsExactly(1L, 2L);
    }

    /** Mosquitto without a limit to its queues ends the connection after it has refused something. */
    @Test
    void letsOthersGoFirstOnTheNextConnectionWhereARefusalEndedTheLastOne() {
        DeliveryHarness bridge = new DeliveryHarness();
        FakeConnection first = bridge.settled();
        bridge.detect(DOOR, "person");
        bridge.detect(DOOR, "car");
        first.answer(ReasonCode.NOT_AUTHORIZED);
        bridge.work();
        first.lose(ReasonCode.SUCCESS);
        bridge.work();
        bridge.detect(YARD, "dog");

        FakeConnection second = bridge.connect();
        second.answerAtOnce();
        bridge.work();

        assertThat(second.events())
                .extracting(event -> event.topic().name())
                .containsExactly("lightnvr/detections/Back_Yard");
        bridge.pass(Duration.ofSeconds(60));
        assertThat(second.sequences()).containsExactly(1L, 1L, 2L);
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

        assertThat(connection.events())
                .extracting(event -> event.topic().name())
                .containsExactly(DETECTIONS);
        assertThat(connection.topics()).doesNotContain("lightnvr/events/front_door");
        assertThat(bridge.store.backlog().waiting()).isZero();
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

        assertThat(connection.sequences()).containsExactly(1L);
        assertThat(bridge.store.backlog().waiting()).isEqualTo(2);
    }

    @Test
    void aHeldStreamGoesOnWhenTheEventThatIsTriedIsGivenUp() {
        DeliveryHarness bridge = new DeliveryHarness();
        FakeConnection connection = bridge.connect();
        bridge.answerAll(connection);
        bridge.detect(DOOR, "person");
        connection.answer(ReasonCode.NOT_AUTHORIZED);
        connection.answer(ReasonCode.SUCCESS);
        bridge.work();
        bridge.detect(DOOR, "car");
        connection.sent.clear();
        boolean poisoned = false;

        for (int second = 0; second < 120; second++) {
            bridge.pass(Duration.ofSeconds(1));
            while (connection.unanswered() > 0) {
                String topic = connection
                        .sent
                        .get(connection.sent.size() - connection.unanswered())
                        .message()
                        .topic()
                        .name();
                boolean poison = topic.equals(DETECTIONS) && !poisoned;
                poisoned |= poison;
                connection.answer(poison ? ReasonCode.TOPIC_NAME_INVALID : ReasonCode.SUCCESS);
                bridge.work();
            }
        }

        assertThat(bridge.board.counts().givenUp()).isOne();
        assertThat(bridge.store.backlog().waiting()).isZero();
    }

    @Test
    void givesUpAnEventThatIsTooLargeForTheBrokerAndGoesOn() {
        DeliveryHarness bridge = new DeliveryHarness();
        FakeConnection connection = bridge.connect(new Limits(20, 700, Qos.EXACTLY_ONCE, true));
        bridge.answerAll(connection);
        connection.sent.clear();

        bridge.detect(DOOR, "person", "car", "dog", "cat", "bird", "truck", "bus");
        bridge.detect(DOOR, "person");

        assertThat(connection.sequences()).containsExactly(2L);
        assertThat(bridge.board.counts().givenUp()).isOne();
    }

    @Test
    void givesUpAnEventThatTheBrokerCanNeverTake() {
        DeliveryHarness bridge = new DeliveryHarness();
        FakeConnection connection = bridge.connect();
        bridge.answerAll(connection);
        bridge.detect(DOOR, "person");

        connection.answer(ReasonCode.TOPIC_NAME_INVALID);
        bridge.work();

        assertThat(bridge.store.backlog().waiting()).isZero();
        assertThat(bridge.board.counts().givenUp()).isOne();
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

        assertThat(bridge.store.backlog().waiting()).isZero();
        assertThat(bridge.board.counts().refused()).isOne();
    }

    /** An event that grows too old while its stream is refused is given up, and everything else goes on in time. */
    @Test
    void givesUpWhatGrowsTooOldWhileItsStreamIsRefused() {
        DeliveryHarness bridge = new DeliveryHarness();
        FakeConnection connection = bridge.connect();
        bridge.list(DOOR);
        bridge.answerAll(connection);
        bridge.detect(DOOR, "person");
        refuseDetections(bridge, connection);
        bridge.detect(DOOR, "car");
        Duration step = Duration.ofSeconds(9);
        for (long i = 0; i < DeliveryHarness.LIMITS.maxAge().plusMinutes(2).dividedBy(step); i++) {
            refuseDetections(bridge, connection);
            bridge.pass(step);
        }
        refuseDetections(bridge, connection);

        assertThat(bridge.store.backlog().waiting()).isZero();
        assertThat(bridge.board.counts().givenUp() + bridge.store.backlog().dropped())
                .isEqualTo(2);
        connection.sent.clear();
        bridge.detect(DOOR, "dog");
        bridge.answerAllWithin(connection, Duration.ofSeconds(31), ReasonCode.SUCCESS);
        assertThat(connection.newest("lightnvr/state/front_door")).contains("\"count\":0");
    }

    private static void refuseDetections(DeliveryHarness bridge, FakeConnection connection) {
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
}
