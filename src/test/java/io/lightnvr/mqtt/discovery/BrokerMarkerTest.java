package io.lightnvr.mqtt.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.broker.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BrokerMarkerTest {

    private static final Topic TOPIC = new Topic("lightnvr/bridge/announced");
    private static final long NOW = Long.MAX_VALUE - 5;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final BrokerMarker marker = new BrokerMarker(TOPIC);

    @Test
    void isRightWhateverItIsWhileThereIsNoConnection() {
        assertThat(marker.isRight("a")).isTrue();
        assertThat(marker.publish("a")).isEmpty();
    }

    @Test
    void isAwaitedForASecondAfterAConnection() {
        marker.connected(true, NOW);

        assertThat(marker.isAwaited()).isTrue();
        assertThat(marker.waitNanos(NOW)).hasValue(SECOND);
        assertThat(marker.isOverdue(NOW + SECOND - 1)).isFalse();
        assertThat(marker.isOverdue(NOW + SECOND)).isTrue();
        assertThat(marker.publish("a")).isEmpty();
    }

    @Test
    void isNotAwaitedIfNothingWasAnnounced() {
        marker.connected(false, NOW);

        assertThat(marker.isAwaited()).isFalse();
        assertThat(marker.isRight("")).isTrue();
        assertThat(marker.publish("a")).isPresent();
    }

    @Test
    void isPublishedOnceIfTheBrokerKeepsAnotherOne() {
        marker.connected(true, NOW);
        marker.received("old");
        assertThat(marker.isRight("new")).isFalse();

        assertThat(marker.publish("new").orElseThrow().text()).isEqualTo("new");

        assertThat(marker.publish("new")).isEmpty();
        assertThat(marker.isRight("new")).isTrue();
    }

    @Test
    void isPublishedAgainOnlyWhenTheLastOneIsAcknowledged() {
        marker.connected(false, NOW);
        marker.publish("a");

        assertThat(marker.publish("b")).isEmpty();
        marker.acknowledged();
        assertThat(marker.publish("b")).isPresent();
    }

    @Test
    void isNotPublishedOnAConnectionThatRefusesIt() {
        marker.connected(false, NOW);
        marker.publish("a");
        marker.refused();

        assertThat(marker.publish("b")).isEmpty();
        marker.connected(false, NOW);
        assertThat(marker.publish("b")).isPresent();
    }

    @Test
    void dependsOnTopicsAndPayloads() {
        String hash = BrokerMarker.hash(new TreeMap<>(Map.of("a", "1", "b", "2")));

        assertThat(hash).matches("[0-9a-f]{16}");
        assertThat(BrokerMarker.hash(new TreeMap<>(Map.of("a", "1", "b", "3")))).isNotEqualTo(hash);
        assertThat(BrokerMarker.hash(new TreeMap<>(Map.of("a", "1")))).isNotEqualTo(hash);
        assertThat(BrokerMarker.hash(new TreeMap<>())).isEmpty();
    }
}
