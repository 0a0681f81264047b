package io.lightnvr.mqtt.delivery;

import static io.lightnvr.mqtt.delivery.DeliveryHarness.DOOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.broker.FakeBroker.FakeConnection;
import io.lightnvr.mqtt.status.Finding;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Another client publishes on the bridge's own retained topics. */
class OwnTopicsTest {

    private static final String BRIDGE = "lightnvr/availability";
    private static final String STREAM = "lightnvr/availability/front_door";
    private static final String STATE = "lightnvr/state/front_door";

    private final DeliveryHarness bridge = new DeliveryHarness();
    private final FakeConnection connection = connected();

    @Test
    void setsRightAtOnceWhatAnotherWrote() {
        connection.say(BRIDGE, "offline", false);
        connection.say(STREAM, "", false);
        connection.say(STATE, "{}", false);
        bridge.work();

        assertThat(sent()).containsExactlyInAnyOrder(BRIDGE, STREAM, STATE);
        assertThat(connection.sent.stream()
                        .filter(sent -> sent.message().topic().name().equals(BRIDGE))
                        .map(sent -> sent.message().text()))
                .containsExactly("online");
    }

    @Test
    void setsRightItsOwnStateWhereItIsNoBridgesState() {
        for (String garbage : List.of("", "no JSON", "[]", "{}", "{\"client_id\":[]}")) {
            connection.sent.clear();

            connection.say("lightnvr/bridge/state", garbage, false);
            bridge.answerAllWithin(connection, Duration.ofMinutes(11));

            assertThat(connection.topics()).as(garbage).contains("lightnvr/bridge/state");
        }
    }

    @Test
    void saysSoUntilItHasBeenQuietForAWhile() {
        connection.say(BRIDGE, "offline", false);
        bridge.work();
        assertThat(findings())
                .singleElement()
                .extracting(Finding::sentence)
                .isEqualTo(
                        "another client publishes on lightnvr/availability, where only this bridge does; it is set right");

        bridge.answerAllWithin(connection, Duration.ofMinutes(10));

        assertThat(findings()).isEmpty();
    }

    @Test
    void quarrelsEverMoreSeldom() {
        for (int second = 0; second < 600; second++) {
            connection.say(BRIDGE, "offline", false);
            bridge.answerAllWithin(connection, Duration.ofSeconds(1));
        }

        assertThat(sent()).filteredOn(BRIDGE::equals).hasSizeBetween(5, 15);
        assertThat(sent()).last().isNotNull();
    }

    @Test
    void leavesAloneWhatIsRightOrOldOrNobodysOwn() {
        connection.say(BRIDGE, "online", false);
        connection.say(BRIDGE, "offline", true);
        connection.say("lightnvr/availability/gone", "offline", false);
        connection.say("lightnvr/state/gone", "{}", false);
        bridge.work();

        assertThat(sent()).isEmpty();
        assertThat(findings()).isEmpty();
    }

    private List<String> sent() {
        return connection.topics().stream()
                .filter(topic -> topic.startsWith("lightnvr/availability") || topic.startsWith("lightnvr/state"))
                .toList();
    }

    private List<Finding> findings() {
        return bridge.board.counts().findings();
    }

    private FakeConnection connected() {
        bridge.list(DOOR);
        return bridge.settled();
    }
}
