package io.lightnvr.mqtt.delivery;

import static io.lightnvr.mqtt.delivery.DeliveryHarness.DOOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.broker.FakeBroker.FakeConnection;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BridgeReportTest {

    private static final String STATE = "lightnvr/bridge/state";

    private final DeliveryHarness bridge = new DeliveryHarness();

    /** A Raspberry Pi starts in the past and leaps when the network is there. */
    @Test
    void showsTheWallClocksTimesOnceTheClockIsRight() {
        FakeConnection connection = bridge.settledKeepingWhatItWasSent();
        bridge.answerAllWithin(connection, Duration.ofSeconds(5));
        assertThat(connection.newest(STATE)).contains("\"started\":\"2026-11-22T12:00:00Z\"");
        bridge.find(DOOR, "person");

        bridge.leap = Duration.ofDays(1);
        bridge.answerAllWithin(connection, Duration.ofSeconds(10));

        assertThat(connection.newest(STATE))
                .contains("\"started\":\"2026-11-23T12:00:00Z\"")
                .containsAnyOf("\"oldest_waiting\":null", "\"oldest_waiting\":\"2026-11-23T12:00:0");
    }

    @Test
    void doesNotChangeBecauseTheClocksDriftApart() {
        FakeConnection connection = bridge.settled();
        bridge.answerAllWithin(connection, Duration.ofSeconds(5));
        connection.sent.clear();

        bridge.leap = Duration.ofMillis(1_900);
        bridge.answerAllWithin(connection, Duration.ofSeconds(20));

        assertThat(connection.topics()).doesNotContain(STATE);
    }
}
