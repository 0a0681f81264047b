package io.lightnvr.mqtt.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.broker.FakeBroker.FakeConnection;
import io.lightnvr.mqtt.broker.ReasonCode;
import io.lightnvr.mqtt.status.Finding;
import io.lightnvr.mqtt.store.MemoryStore;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusedSubscriptionsTest {

    private final DeliveryHarness bridge = new DeliveryHarness();
    private final FakeConnection connection = bridge.settled();

    @Test
    void saysOfEachRefusedSubscriptionWhatDoesNotWork() {
        List<String> all = List.copyOf(connection.subscriptions);
        for (String topicFilter : all) {
            connection.answerSubscription(topicFilter, ReasonCode.NOT_AUTHORIZED);
        }
        bridge.work();

        assertThat(findings())
                .hasSameSizeAs(all)
                .allMatch(
                        finding -> finding.sentence().matches("refuses the subscription to \\S+: not authorized; .+"));
        assertThat(findings())
                .contains(
                        Finding.warning(
                                "broker",
                                "refuses the subscription to homeassistant/status: not authorized; devices are not"
                                        + " announced again when Home Assistant starts",
                                "give this user read access to homeassistant/status (Mosquitto: acl_file)"),
                        Finding.warning(
                                "broker",
                                "refuses the subscription to camera/detections/+: not authorized; what the recorder"
                                        + " publishes there does not say when to read",
                                "give this user read access to camera/detections/+ (Mosquitto: acl_file)"));
        bridge.detect(DeliveryHarness.DOOR, "person");
        assertThat(connection.events()).hasSize(1);
    }

    @Test
    void saysThatNobodyCanControlTheRecorder() {
        DeliveryHarness controlling =
                DeliveryHarness.withControls(clock -> new MemoryStore(DeliveryHarness.LIMITS, clock));
        FakeConnection other = controlling.settled();
        assertThat(other.subscriptions)
                .contains("lightnvr/control/+/+/set", "lightnvr/trigger/+", "lightnvr/control/+");

        other.answerSubscription("lightnvr/trigger/+", ReasonCode.NOT_AUTHORIZED);
        controlling.work();

        assertThat(controlling.board.counts().findings())
                .extracting(Finding::sentence)
                .containsExactly("refuses the subscription to lightnvr/trigger/+: not authorized; nobody can tell the"
                        + " recorder anything by it");
    }

    @Test
    void resolvesItWhenTheBrokerAcceptsTheSubscription() {
        connection.answerSubscription("homeassistant/status", ReasonCode.NOT_AUTHORIZED);
        connection.lose(ReasonCode.SUCCESS);
        bridge.pass(Duration.ofSeconds(2));
        assertThat(findings()).hasSize(1);

        bridge.connect().answerSubscription("homeassistant/status", ReasonCode.SUCCESS);
        bridge.work();

        assertThat(findings()).isEmpty();
    }

    private List<Finding> findings() {
        return bridge.board.counts().findings();
    }
}
