package io.lightnvr.mqtt.delivery;

import static io.lightnvr.mqtt.delivery.DeliveryHarness.DOOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.broker.FakeBroker.FakeConnection;
import io.lightnvr.mqtt.broker.Limits;
import io.lightnvr.mqtt.broker.Qos;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeliveryLimitsTest {

    private static final Limits SMALL = new Limits(20, 700, Qos.EXACTLY_ONCE, true);

    @Test
    void doesNotSendAnAnnouncementThatWouldEndTheConnection() {
        DeliveryHarness bridge = new DeliveryHarness();
        bridge.list(DOOR);

        FakeConnection connection = bridge.connect(SMALL);
        bridge.answerAll(connection);

        List<String> topics = connection.topics();
        assertThat(topics).contains("lightnvr/availability", "lightnvr/state/front_door");
        assertThat(topics).noneMatch(topic -> topic.startsWith("homeassistant/"));
        assertThat(bridge.board.counts().lastError().orElseThrow())
                .matches("A message on homeassistant/device/.* has up to \\d+ bytes, more than the 700 that the broker"
                        + " accepts; raise its limit");
    }
}
