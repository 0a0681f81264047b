package io.lightnvr.mqtt.delivery;

import static io.lightnvr.mqtt.delivery.DeliveryHarness.DOOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.broker.FakeBroker.FakeConnection;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.store.MemoryStore;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the retained topics tell of visits. */
class DeliveryVisitsTest {

    private static final String LAST = "lightnvr/visits/front_door/last";
    private static final String ALERTS = "lightnvr/alerts/front_door";
    private static final String PAUSE = "lightnvr/alerts/front_door/pause";

    @Test
    void clearsThemOnceWhereThereAreNoVisits() {
        DeliveryHarness bridge =
                new DeliveryHarness(20, true, clock -> new MemoryStore(DeliveryHarness.LIMITS, clock), false, false);
        bridge.list(DOOR);
        FakeConnection connection = bridge.settledKeepingWhatItWasSent();
        bridge.list(DOOR);
        bridge.answerAllWithin(connection, Duration.ofSeconds(1));

        assertThat(connection.topics()).containsOnlyOnce(LAST, ALERTS, PAUSE);
        assertThat(connection.newest(LAST)).isEmpty();
        assertThat(connection.newest(ALERTS)).isEmpty();
        assertThat(connection.newest(PAUSE)).isEmpty();
    }

    @Test
    void takesTheLastVisitOfARenamedStreamAlong() {
        DeliveryHarness bridge = new DeliveryHarness();
        bridge.list(DOOR);
        FakeConnection connection = bridge.settledKeepingWhatItWasSent();
        bridge.tell(new DeliverySignal.Visited(DOOR, 1_706_745_600, 42));
        bridge.answerAll(connection);

        StreamName porch = new StreamName("porch");
        bridge.tell(new DeliverySignal.Renamed(DOOR, porch));
        bridge.answerAll(connection);

        assertThat(connection.newest("lightnvr/visits/porch/last"))
                .isEqualTo("{\"started\":\"2024-02-01T00:00:00Z\",\"duration\":42}");
        assertThat(connection.newest(LAST)).isEmpty();
    }

    @Test
    void leavesThemAloneWhereThereAreVisits() {
        DeliveryHarness bridge = new DeliveryHarness();
        bridge.list(DOOR);

        assertThat(bridge.settledKeepingWhatItWasSent().topics()).doesNotContain(LAST, ALERTS, PAUSE);
    }
}
