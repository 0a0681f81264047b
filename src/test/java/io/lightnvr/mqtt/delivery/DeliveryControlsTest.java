package io.lightnvr.mqtt.delivery;

import static io.lightnvr.mqtt.delivery.DeliveryHarness.DOOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.broker.FakeBroker.FakeConnection;
import io.lightnvr.mqtt.control.Control;
import io.lightnvr.mqtt.control.ControlView;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.status.Part;
import io.lightnvr.mqtt.status.PartStatus;
import io.lightnvr.mqtt.store.MemoryStore;
import io.lightnvr.mqtt.store.Store;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the retained topics and the devices tell of controls. */
class DeliveryControlsTest {

    private static final String CONTROL = "lightnvr/control/front_door";
    private static final String DEVICE = "homeassistant/device/lightnvr_mqtt_stream_front_door/config";
    private static final ControlView DETECTING =
            new ControlView(Set.of(Control.DETECTION), Map.of(Control.DETECTION, true), List.of(), Optional.empty());
    private static final String IS_ON = "{\"available\":[\"detection\"],\"detection\":\"ON\"}";

    private final DeliveryHarness bridge =
            DeliveryHarness.withControls(clock -> new MemoryStore(DeliveryHarness.LIMITS, clock));

    @Test
    void nothingIsAvailableAtFirst() {
        bridge.list(DOOR);

        assertThat(bridge.settledKeepingWhatItWasSent().newest(CONTROL)).isEqualTo("{\"available\":[]}");
    }

    @Test
    void announcesWhatCanBeControlledOnceItIsKnown() {
        bridge.list(DOOR);
        FakeConnection connection = bridge.settledKeepingWhatItWasSent();
        assertThat(connection.newest(DEVICE)).doesNotContain("control_detection");

        bridge.tell(new DeliverySignal.ControlsChanged(DOOR, DETECTING, false));
        bridge.answerAllWithin(connection, Duration.ofSeconds(5));

        assertThat(connection.newest(CONTROL)).isEqualTo(IS_ON);
        assertThat(connection.newest(DEVICE)).contains("control_detection").doesNotContain("control_privacy");
    }

    @Test
    void takesNothingBackThatMayReturn() {
        bridge.list(DOOR);
        FakeConnection connection = bridge.settledKeepingWhatItWasSent();
        bridge.tell(new DeliverySignal.ControlsChanged(DOOR, DETECTING, false));
        bridge.answerAllWithin(connection, Duration.ofSeconds(5));
        connection.sent.clear();

        bridge.tell(new DeliverySignal.ControlsChanged(DOOR, ControlView.NONE, false));
        bridge.answerAllWithin(connection, Duration.ofSeconds(5));

        assertThat(connection.topics()).containsExactly(CONTROL);
        assertThat(connection.newest(CONTROL)).isEqualTo("{\"available\":[]}");
    }

    @Test
    void answersACommandThatChangedNothing() {
        bridge.list(DOOR);
        FakeConnection connection = bridge.settled();
        bridge.tell(new DeliverySignal.ControlsChanged(DOOR, DETECTING, false));
        bridge.answerAllWithin(connection, Duration.ofSeconds(5));
        connection.sent.clear();

        bridge.tell(new DeliverySignal.ControlsChanged(DOOR, DETECTING, false));
        bridge.answerAll(connection);
        assertThat(connection.topics()).isEmpty();
        bridge.tell(new DeliverySignal.ControlsChanged(DOOR, DETECTING, true));
        bridge.answerAll(connection);

        assertThat(connection.topics()).containsExactly(CONTROL);
    }

    @Test
    void aCommandThatIsIgnoredIsNoTroubleOfTheBroker() {
        bridge.list(DOOR);
        FakeConnection connection = bridge.settled();

        connection.say(CONTROL + "/detection/set", "OFF", true);
        bridge.work();

        assertThat(bridge.board.counts().lastError())
                .hasValueSatisfying(
                        error -> assertThat(error).startsWith("Ignoring a command on " + CONTROL + "/detection/set"));
        assertThat(bridge.live.parts())
                .filteredOn(status -> status.part() == Part.BROKER)
                .extracting(PartStatus::condition)
                .containsExactly(PartStatus.Condition.ONLINE);
    }

    @Test
    void passesCommandsOn() {
        bridge.list(DOOR);
        FakeConnection connection = bridge.settled();

        connection.say(CONTROL + "/detection/set", "OFF".getBytes(StandardCharsets.UTF_8), false);
        bridge.work();

        assertThat(bridge.commanded).containsExactly("front_door: Detection off");
    }

    @Test
    void takesThemAllBackWhenTheyAreSwitchedOff() {
        Store[] kept = new Store[1];
        DeliveryHarness before = DeliveryHarness.withControls(clock -> {
            kept[0] = new MemoryStore(DeliveryHarness.LIMITS, clock);
            return kept[0];
        });
        before.list(DOOR);
        FakeConnection connection = before.settled();
        before.tell(new DeliverySignal.ControlsChanged(DOOR, DETECTING, false));
        before.answerAllWithin(connection, Duration.ofSeconds(10));

        DeliveryHarness after = new DeliveryHarness(20, true, clock -> kept[0]);
        after.list(DOOR);
        FakeConnection next = after.connect();
        after.answerAllWithin(next, Duration.ofSeconds(10));

        assertThat(next.newest(CONTROL)).isEmpty();
        assertThat(next.sent)
                .extracting(sent -> sent.message().text())
                .anyMatch(payload -> payload.contains("\"control_detection\":{\"platform\":\"switch\"}"));
        assertThat(next.newest(DEVICE)).doesNotContain("control_");
    }

    @Test
    void clearsTheTopicOfAStreamThatIsGoneOrRenamed() {
        bridge.list(DOOR);
        FakeConnection connection = bridge.settledKeepingWhatItWasSent();
        bridge.tell(new DeliverySignal.ControlsChanged(DOOR, DETECTING, false));
        bridge.answerAllWithin(connection, Duration.ofSeconds(5));

        bridge.tell(new DeliverySignal.Renamed(DOOR, new StreamName("porch")));
        bridge.answerAllWithin(connection, Duration.ofSeconds(5));

        assertThat(connection.newest(CONTROL)).isEmpty();
        assertThat(connection.newest("lightnvr/control/porch")).isEqualTo("{\"available\":[]}");
        assertThat(connection.newest(DEVICE)).contains("lightnvr/control/porch/detection/set");
    }
}
