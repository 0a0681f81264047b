package io.lightnvr.mqtt.delivery;

import static io.lightnvr.mqtt.delivery.DeliveryHarness.DOOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.broker.ConnectFailure;
import io.lightnvr.mqtt.broker.FakeBroker.FakeConnection;
import io.lightnvr.mqtt.broker.ReasonCode;
import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.event.Detection;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.event.Zone;
import io.lightnvr.mqtt.source.StreamList;
import io.lightnvr.mqtt.status.Part;
import io.lightnvr.mqtt.status.PartStatus;
import io.lightnvr.mqtt.status.PartStatus.Condition;
import io.lightnvr.mqtt.status.StreamStatus;
import io.lightnvr.mqtt.store.MemoryStore;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What delivery shows to those who look on, and what they can make it do. */
class DeliveryLiveStatusTest {

    private static final StreamName YARD = new StreamName("yard");
    private static final Zone PORCH = zone("Porch", true);

    private final DeliveryHarness bridge = new DeliveryHarness();

    private static Zone zone(String name, boolean enabled) {
        return new Zone(
                name.toLowerCase(Locale.ROOT),
                name,
                enabled,
                List.of(new Zone.Point(0, 0), new Zone.Point(1, 0), new Zone.Point(1, 1), new Zone.Point(0, 1)),
                Set.of(),
                0);
    }

    private PartStatus part(Part part) {
        return bridge.live.parts().stream()
                .filter(each -> each.part() == part)
                .findFirst()
                .orElseThrow();
    }

    private StreamStatus shown(StreamName stream) {
        return bridge.live.stream(stream).orElseThrow();
    }

    private void listWithZones(Zone... zones) {
        bridge.tell(new DeliverySignal.StreamsListed(
                new StreamList(List.of(new StreamList.Stream(DOOR, true, Optional.of(List.of(zones)))), true),
                Set.of(),
                Set.of()));
    }

    private void detectInPorch() {
        bridge.tell(new DeliverySignal.Detected(List.of(new DetectionEvent(
                DOOR,
                bridge.now().getEpochSecond(),
                List.of(new Detection("person", 0.9f, Box.whole(), "", "Porch", 1)),
                bridge.now()))));
    }

    @Test
    void theBrokerIsOnlineOnceItIsConnectedAndOfflineWithTheTroubleOnceItIsLost() {
        assertThat(part(Part.BROKER).condition()).isEqualTo(Condition.UNKNOWN);

        FakeConnection connection = bridge.connect();
        assertThat(part(Part.BROKER).condition()).isEqualTo(Condition.ONLINE);
        assertThat(part(Part.BROKER).sentence()).isEmpty();

        connection.lose(ReasonCode.SUCCESS);
        bridge.work();
        assertThat(part(Part.BROKER).condition()).isEqualTo(Condition.OFFLINE);
        assertThat(part(Part.BROKER).sentence()).isNotEmpty();
    }

    @Test
    void aBrokerThatRefusesIsOfflineWithItsSentence() {
        bridge.broker.newest().refuse(ConnectFailure.Kind.REFUSAL, "The broker refuses the login");
        bridge.work();

        assertThat(part(Part.BROKER).condition()).isEqualTo(Condition.OFFLINE);
        assertThat(part(Part.BROKER).sentence()).contains("The broker refuses the login");
    }

    @Test
    void homeAssistantIsWhatItsBirthAndItsWillSay() {
        assertThat(part(Part.HOME_ASSISTANT).condition()).isEqualTo(Condition.UNKNOWN);
        FakeConnection connection = bridge.settled();

        connection.say("homeassistant/status", "online", true);
        connection.say("homeassistant/status", "ONLINE", false);
        connection.say("homeassistant/other", "online", false);
        bridge.work();
        assertThat(part(Part.HOME_ASSISTANT).condition())
                .as("an old birth tells nothing of now")
                .isEqualTo(Condition.UNKNOWN);

        connection.say("homeassistant/status", "online", false);
        bridge.work();
        assertThat(part(Part.HOME_ASSISTANT).condition()).isEqualTo(Condition.ONLINE);

        connection.say("homeassistant/status", "offline", false);
        bridge.work();
        assertThat(part(Part.HOME_ASSISTANT).condition()).isEqualTo(Condition.OFFLINE);
    }

    @Test
    void nothingIsKnownOfHomeAssistantWithoutTheBroker() {
        FakeConnection connection = bridge.settled();
        connection.say("homeassistant/status", "online", false);
        bridge.work();

        connection.lose(ReasonCode.SUCCESS);
        bridge.work();

        assertThat(part(Part.HOME_ASSISTANT).condition()).isEqualTo(Condition.UNKNOWN);
    }

    @Test
    void homeAssistantIsAbsentWhereNothingIsAnnouncedToIt() {
        DeliveryHarness without = new DeliveryHarness(20, false);
        without.settled().say("homeassistant/status", "online", false);
        without.work();

        assertThat(without.live.parts())
                .filteredOn(each -> each.part() == Part.HOME_ASSISTANT)
                .extracting(PartStatus::condition)
                .containsExactly(Condition.ABSENT);
    }

    @Test
    void aStreamIsOnlineWhileItRunsAndTheRecorderAnswers() {
        bridge.list(DOOR, YARD);
        assertThat(shown(DOOR).camera().online()).as("nobody has answered yet").isFalse();

        bridge.tell(new DeliverySignal.RecorderAnswers(true));
        bridge.tell(new DeliverySignal.StreamCondition(YARD, false));
        assertThat(shown(DOOR).camera().online()).isTrue();
        assertThat(shown(YARD).camera().online()).isFalse();

        bridge.tell(new DeliverySignal.RecorderAnswers(false));
        assertThat(shown(DOOR).camera().online()).isFalse();
        assertThat(shown(DOOR).camera().gone()).isFalse();
    }

    @Test
    void showsWhoIsThereAndWhereUntilTheyHaveLeft() {
        listWithZones(PORCH, zone("Path", true), zone("Old", false));
        assertThat(shown(DOOR).camera().zones().stream().map(Zone::name)).containsExactly("Porch", "Path");
        assertThat(shown(DOOR).present()).isEmpty();

        detectInPorch();
        assertThat(shown(DOOR).present()).containsOnlyKeys("person");
        assertThat(shown(DOOR).occupied()).containsExactly("Porch");

        bridge.pass(Duration.ofSeconds(31));
        assertThat(shown(DOOR).present()).isEmpty();
        assertThat(shown(DOOR).occupied()).isEmpty();
    }

    @Test
    void whoIsInNoGroupIsShownAsOtherOrMotion() {
        bridge.list(DOOR, YARD);

        bridge.detect(YARD, "motion");
        bridge.detect(DOOR, "unicorn");
        bridge.pass(Duration.ofSeconds(1));

        assertThat(shown(YARD).present()).containsOnlyKeys("motion");
        assertThat(shown(DOOR).present()).containsOnlyKeys("other");
    }

    @Test
    void whoIsThereStaysThereUnderAnotherName() {
        listWithZones(PORCH);
        detectInPorch();

        bridge.tell(new DeliverySignal.Renamed(DOOR, YARD));

        assertThat(bridge.live.stream(DOOR)).isEmpty();
        assertThat(shown(YARD).present()).containsOnlyKeys("person");
        assertThat(shown(YARD).camera().zones()).containsExactly(PORCH);
    }

    @Test
    void aStreamThatIsNoLongerListedIsGoneUntilItIsForgotten() {
        bridge.list(DOOR, YARD);
        FakeConnection connection = bridge.settled();

        bridge.list(DOOR);
        assertThat(shown(YARD).camera().gone()).isTrue();
        assertThat(shown(DOOR).camera().gone()).isFalse();

        bridge.list(DOOR, YARD);
        assertThat(shown(YARD).camera().gone()).isFalse();

        bridge.list(DOOR);
        bridge.pass(DeliveryHarness.FORGET_AFTER);
        bridge.list(DOOR);
        bridge.answerAll(connection);
        assertThat(bridge.live.streams().stream().map(stream -> stream.camera().name()))
                .containsExactly(DOOR);
    }

    @Test
    void aStreamOfBeforeIsNotGoneBeforeTheRecorderHasListedItsStreams() {
        DeliveryHarness again = new DeliveryHarness(20, true, clock -> {
            MemoryStore store = new MemoryStore(DeliveryHarness.LIMITS, clock);
            store.keepState(YARD, "{}");
            return store;
        });
        assertThat(again.live.stream(YARD).orElseThrow().camera().gone()).isFalse();

        again.list(DOOR);

        assertThat(again.live.stream(YARD).orElseThrow().camera().gone()).isTrue();
    }

    @Test
    void forgetsAStreamThatIsGoneAtOnce() {
        bridge.list(DOOR, YARD);
        FakeConnection connection = bridge.settled();
        bridge.list(DOOR);
        bridge.answerAll(connection);

        bridge.tell(new DeliverySignal.Forget(YARD));
        bridge.answerAllWithin(connection, Duration.ofSeconds(1));

        assertThat(bridge.live.stream(YARD)).isEmpty();
        assertThat(connection.newest("homeassistant/device/lightnvr_mqtt_stream_yard/config"))
                .isEmpty();
        assertThat(connection.newest("lightnvr/state/yard")).isEmpty();
        assertThat(connection.newest("lightnvr/availability/yard")).isEmpty();
    }

    @Test
    void forgetsNoStreamThatTheRecorderHasNorOneThatNobodyKnows() {
        bridge.list(DOOR);
        FakeConnection connection = bridge.settled();

        bridge.tell(new DeliverySignal.Forget(DOOR));
        bridge.tell(new DeliverySignal.Forget(YARD));

        assertThat(bridge.live.stream(DOOR)).isPresent();
        assertThat(connection.sent).isEmpty();
    }

    @Test
    void forgetsNoStreamBeforeTheRecorderHasListedItsStreams() {
        DeliveryHarness again = new DeliveryHarness(20, true, clock -> {
            MemoryStore store = new MemoryStore(DeliveryHarness.LIMITS, clock);
            store.keepState(YARD, "{}");
            return store;
        });

        again.tell(new DeliverySignal.Forget(YARD));

        assertThat(again.live.stream(YARD)).isPresent();
    }

    @Test
    void announcesEverythingAgainWhenThePageAsks() {
        bridge.list(DOOR);
        FakeConnection connection = bridge.settled();
        bridge.pass(Duration.ofSeconds(11));
        bridge.answerAll(connection);
        connection.sent.clear();

        bridge.tell(new DeliverySignal.AnnounceAgain());
        bridge.answerAllWithin(connection, Duration.ofSeconds(1));

        assertThat(connection.topics())
                .contains(
                        "lightnvr/state/front_door",
                        "homeassistant/device/lightnvr_mqtt_bridge/config",
                        "homeassistant/device/lightnvr_mqtt_stream_front_door/config");
    }

    @Test
    void announcesEverythingOnceHoweverOftenThePageAsks() {
        bridge.list(DOOR);
        FakeConnection connection = bridge.settled();
        bridge.pass(Duration.ofSeconds(11));
        bridge.answerAll(connection);
        connection.sent.clear();

        for (int i = 0; i < 20; i++) {
            bridge.tell(new DeliverySignal.AnnounceAgain());
            bridge.answerAll(connection);
        }
        bridge.answerAllWithin(connection, Duration.ofSeconds(1));

        assertThat(connection.topics().stream().filter("homeassistant/device/lightnvr_mqtt_bridge/config"::equals))
                .hasSize(1);
    }
}
