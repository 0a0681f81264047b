package io.lightnvr.mqtt.delivery;

import static org.assertj.core.api.Assertions.assertThat;

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
    void goesOnUnderAnotherIdWhenThreeConnectionsInARowDoNotLast() {
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
    void keepsItsSecondIdHoweverBriefConnectionsAre() {
        for (int i = 0; i < 9; i++) {
            connectAndLose(BRIEF);
        }

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
