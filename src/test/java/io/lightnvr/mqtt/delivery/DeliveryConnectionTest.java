package io.lightnvr.mqtt.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightnvr.mqtt.broker.ConnectFailure.Kind;
import io.lightnvr.mqtt.broker.ConnectStage;
import io.lightnvr.mqtt.broker.FakeBroker.FakeConnection;
import io.lightnvr.mqtt.broker.ReasonCode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the delivery loop gets, loses and leaves its connection. */
class DeliveryConnectionTest {

    @Test
    void goesOnUnderAnotherClientIdWhenOursIsTakenOver() {
        DeliveryHarness bridge = new DeliveryHarness();
        FakeConnection first = bridge.connect();

        first.lose(ReasonCode.SESSION_TAKEN_OVER);
        bridge.work();
        bridge.pass(Duration.ofSeconds(1));

        assertThat(bridge.broker.newest().settings.clientId()).isEqualTo("lightnvr-mqtt-bridge");
        assertThat(bridge.connect().newest("lightnvr/bridge/state")).contains("\"client_id\":\"lightnvr-mqtt-bridge\"");
    }

    @Test
    void waitsLongerAfterARefusalThanAfterBadWeather() {
        DeliveryHarness bridge = new DeliveryHarness();

        bridge.broker.newest().refuse(Kind.REFUSAL, "wrong password");
        bridge.work();
        bridge.pass(Duration.ofSeconds(29));
        assertThat(bridge.broker.connections).hasSize(1);
        bridge.pass(Duration.ofSeconds(31));

        assertThat(bridge.broker.connections).hasSize(2);
    }

    @Test
    void comesBackWithinASecondFromAFirstLoss() {
        DeliveryHarness bridge = new DeliveryHarness();

        bridge.connect().lose(ReasonCode.SUCCESS);
        bridge.work();
        bridge.pass(Duration.ofSeconds(1));

        assertThat(bridge.broker.connections).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "LOOKING_UP, is not known yet: the Supervisor does not answer",
        "RESOLVING, has no known address yet: DNS does not answer",
        "CONNECTING, does not answer",
        "SECURING, accepts the connection but does not answer the TLS handshake",
        "AWAITING_CONNACK, accepts the connection but does not answer in MQTT 5 (does it speak only MQTT 3.1.1?)"
    })
    void givesUpAnAttemptThatHasNoAnswerAfter8SecondsAndSaysHowFarItCame(ConnectStage stage, String silence) {
        DeliveryHarness bridge = new DeliveryHarness();
        FakeConnection silent = bridge.broker.newest();
        silent.stage = stage;

        bridge.pass(Duration.ofSeconds(8));

        assertThat(silent.closed).isTrue();
        assertThat(bridge.board.counts().lastError()).contains("The broker localhost:1883 " + silence);
    }

    @Test
    void failsWithAThreadOfTheConnection() {
        DeliveryHarness bridge = new DeliveryHarness();
        IllegalStateException fault = new IllegalStateException("a bug");

        bridge.broker.newest().fail(fault);

        assertThatThrownBy(bridge::work).hasCause(fault);
    }

    @Test
    void doesNotListenToAnOlderConnection() {
        DeliveryHarness bridge = new DeliveryHarness();
        FakeConnection old = bridge.connect();
        old.lose(ReasonCode.SUCCESS);
        bridge.work();
        bridge.pass(Duration.ofSeconds(1));
        FakeConnection current = bridge.connect();

        old.lose(ReasonCode.SUCCESS);
        bridge.work();

        assertThat(current.closed).isFalse();
        assertThat(bridge.broker.newest()).isSameAs(current);
    }

    @Test
    void saysOfflineAndFarewellWhenItIsClosed() {
        DeliveryHarness bridge = new DeliveryHarness();
        FakeConnection connection = bridge.settled();

        bridge.tell(new DeliverySignal.Close());
        assertThat(connection.sent).hasToString("[lightnvr/availability offline]");
        assertThat(connection.saidFarewell).isFalse();
        bridge.answerAll(connection);

        assertThat(connection.saidFarewell).isTrue();
        assertThat(bridge.hasEnded()).isTrue();
    }

    @Test
    void closesWithoutAnAnswerAfterAWhile() {
        DeliveryHarness bridge = new DeliveryHarness();
        bridge.connect();

        bridge.tell(new DeliverySignal.Close());
        bridge.pass(Duration.ofMillis(1_500));

        assertThat(bridge.hasEnded()).isTrue();
    }

    @Test
    void closesAtOnceWhereThereIsNoConnection() {
        DeliveryHarness bridge = new DeliveryHarness();

        bridge.tell(new DeliverySignal.Close());

        assertThat(bridge.hasEnded()).isTrue();
    }

    @Test
    void takesTheConnectionForLostWhenNoAnswerComesFor10Seconds() {
        DeliveryHarness bridge = new DeliveryHarness();
        FakeConnection connection = bridge.connect();

        bridge.pass(Duration.ofMillis(9_999));
        assertThat(connection.closed).isFalse();
        bridge.pass(Duration.ofMillis(1));

        assertThat(connection.closed).isTrue();
        assertThat(bridge.board.counts().lastError())
                .contains("The broker has not answered for 10 s: the connection is lost");
    }

    @Test
    void endsAtOnceWhenOfflineIsAcknowledged() {
        DeliveryHarness bridge = new DeliveryHarness();
        FakeConnection connection = bridge.settled();
        connection.answerAtOnce();

        bridge.tell(new DeliverySignal.Close());

        assertThat(bridge.hasEnded()).isTrue();
        assertThat(connection.saidFarewell).isTrue();
    }

    @Test
    void leavesOfflineToTheWillWhereTheBrokerHasNotAcknowledgedIt() {
        DeliveryHarness bridge = new DeliveryHarness(1, true);
        FakeConnection connection = bridge.connect();

        bridge.tell(new DeliverySignal.Close());
        bridge.pass(Duration.ofMillis(1_500));

        assertThat(bridge.hasEnded()).isTrue();
        assertThat(connection.topics()).hasSize(1);
        assertThat(connection.saidFarewell).isFalse();
        assertThat(connection.closed).isTrue();
    }

    @Test
    void sleepsWhileItWaitsForTheLastAnswer() {
        DeliveryHarness bridge = new DeliveryHarness();
        bridge.list(DeliveryHarness.DOOR);
        bridge.connect();

        bridge.tell(new DeliverySignal.Close());

        assertThat(bridge.wakesWithin(Duration.ofMillis(1_499))).isLessThan(10);
    }

    @Test
    void doesNotCountTheTimeInWhichTheProcessStoodStillAgainstTheBroker() {
        DeliveryHarness bridge = new DeliveryHarness();
        FakeConnection connection = bridge.connect();

        bridge.stall(Duration.ofMinutes(1));

        assertThat(connection.closed).isFalse();
        bridge.pass(Duration.ofSeconds(10));
        assertThat(connection.closed).isTrue();
    }
}
