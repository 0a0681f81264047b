package io.lightnvr.mqtt.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.broker.ConnectFailure;
import io.lightnvr.mqtt.broker.FakeBroker.FakeConnection;
import io.lightnvr.mqtt.broker.ReasonCode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Brokers that end a connection for another client of the same id, and do not say so. */
class ClientIdSuspicionTest {

    private static final Duration BRIEF = Duration.ofMillis(9_999);
    private static final Duration STEADY = Duration.ofSeconds(10);

    private final DeliveryHarness bridge = new DeliveryHarness();

    @Test
    void triesAnotherIdOnceWhenThreeConnectionsInARowDoNotLast() {
        connectAndLose(BRIEF);
        connectAndLose(BRIEF);
        assertThat(clientId()).isEqualTo("lightnvr-mqtt");
        connectAndLose(BRIEF);

        assertThat(clientId()).isEqualTo("lightnvr-mqtt-bridge");
    }

    @Test
    void suspectsNobodyWhenOneOfThemLasts() {
        connectAndLose(BRIEF);
        connectAndLose(BRIEF);
        connectAndLose(STEADY);
        connectAndLose(BRIEF);

        assertThat(clientId()).isEqualTo("lightnvr-mqtt");
    }

    @Test
    void comesBackToItsOwnIdWhateverBecomesOfThat() {
        for (int i = 0; i < 4; i++) {
            connectAndLose(BRIEF);
        }
        assertThat(clientId()).isEqualTo("lightnvr-mqtt");
        connectAndLose(STEADY);
        for (int i = 0; i < 3; i++) {
            connectAndLose(BRIEF);
        }
        assertThat(clientId()).isEqualTo("lightnvr-mqtt-bridge");

        bridge.broker.newest().refuse(ConnectFailure.Kind.REFUSAL, "The broker refuses the connection: not authorized");
        bridge.work();
        bridge.pass(Duration.ofSeconds(60));

        assertThat(clientId()).isEqualTo("lightnvr-mqtt");
    }

    @Test
    void keepsTheOtherIdWhereAnotherClientHasTakenOverItsOwn() {
        FakeConnection first = bridge.connect();
        first.lose(ReasonCode.SESSION_TAKEN_OVER);
        bridge.work();
        connectAndLose(STEADY);

        assertThat(clientId()).isEqualTo("lightnvr-mqtt-bridge");
    }

    private void connectAndLose(Duration after) {
        FakeConnection connection = bridge.connect();
        bridge.answerAll(connection);
        bridge.pass(after);
        bridge.answerAll(connection);
        connection.lose(ReasonCode.SUCCESS);
        bridge.work();
        while (bridge.broker.newest() == connection) {
            bridge.pass(Duration.ofSeconds(1));
        }
    }

    private String clientId() {
        return bridge.broker.newest().settings.clientId();
    }
}
