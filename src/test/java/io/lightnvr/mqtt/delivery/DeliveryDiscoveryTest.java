package io.lightnvr.mqtt.delivery;

import static io.lightnvr.mqtt.delivery.DeliveryHarness.DOOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.broker.FakeBroker.FakeConnection;
import io.lightnvr.mqtt.broker.ReasonCode;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.event.Zone;
import io.lightnvr.mqtt.source.StreamList;
import io.lightnvr.mqtt.store.AnnouncedTopic;
import io.lightnvr.mqtt.store.MemoryStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Devices in Home Assistant, from the first list of streams to the last. */
class DeliveryDiscoveryTest {

    private static final StreamName YARD = new StreamName("yard");
    private static final String BRIDGE_DEVICE = "homeassistant/device/lightnvr_mqtt_bridge/config";
    private static final String DOOR_DEVICE = "homeassistant/device/lightnvr_mqtt_stream_front_door/config";
    private static final String YARD_DEVICE = "homeassistant/device/lightnvr_mqtt_stream_yard/config";
    private static final Duration EVERY = Duration.ofSeconds(30);

    @Test
    void announcesAgainWhenHomeAssistantHasStarted() {
        DeliveryHarness bridge = new DeliveryHarness();
        bridge.list(DOOR);
        FakeConnection connection = bridge.settled();

        connection.say("homeassistant/status", "online", false);
        bridge.work();
        bridge.answerAllWithin(connection, Duration.ofSeconds(4));

        assertThat(connection.topics())
                .contains("lightnvr/availability", "lightnvr/state/front_door")
                .containsSubsequence(BRIDGE_DEVICE, DOOR_DEVICE);
    }

    @Test
    void announcesAgainAtOnceWhenSomebodyAsks() {
        DeliveryHarness bridge = new DeliveryHarness();
        bridge.list(DOOR);
        FakeConnection connection = bridge.settled();
        bridge.pass(Duration.ofSeconds(5));
        bridge.answerAll(connection);

        connection.say("lightnvr/bridge/announce", "PRESS", false);
        bridge.work();

        assertThat(connection.topics()).containsSubsequence("lightnvr/state/front_door", BRIDGE_DEVICE, DOOR_DEVICE);
    }

    @Test
    void doesNotAnnounceAgainForAnOldBirthNorForAFarewell() {
        DeliveryHarness bridge = new DeliveryHarness();
        FakeConnection connection = bridge.settled();

        connection.say("homeassistant/status", "online", true);
        connection.say("homeassistant/status", "offline", false);
        connection.say("lightnvr/bridge/announce", "PRESS", true);
        bridge.work();
        bridge.pass(Duration.ofSeconds(3));

        assertThat(connection.sent).isEmpty();
    }

    @Test
    void sendsNoDeviceAgainToABrokerThatRemembers() {
        DeliveryHarness bridge = new DeliveryHarness();
        bridge.list(DOOR);
        FakeConnection first = bridge.settledKeepingWhatItWasSent();
        String marker = first.newest("lightnvr/bridge/announced");
        first.lose(ReasonCode.SUCCESS);
        bridge.work();

        FakeConnection second = bridge.connect();
        second.say("lightnvr/bridge/announced", marker, true);
        bridge.answerAllWithin(second, Duration.ofSeconds(5));

        assertThat(second.topics())
                .contains("lightnvr/availability", "lightnvr/state/front_door")
                .noneMatch(topic -> topic.startsWith("homeassistant/"));
    }

    @Test
    void sendsAllDevicesAgainToABrokerThatHasForgotten() {
        DeliveryHarness bridge = new DeliveryHarness();
        bridge.list(DOOR);
        FakeConnection first = bridge.settled();
        first.lose(ReasonCode.SUCCESS);
        bridge.work();

        FakeConnection second = bridge.connect();
        bridge.answerAll(second);
        assertThat(second.topics())
                .as("states come at once, devices wait")
                .contains("lightnvr/state/front_door")
                .doesNotContain(DOOR_DEVICE);
        bridge.answerAllWithin(second, Duration.ofSeconds(2));

        assertThat(second.topics()).containsSubsequence(BRIDGE_DEVICE, DOOR_DEVICE, "lightnvr/bridge/announced");
    }

    /** RabbitMQ: Home Assistant asks with wildcards, and may have been there before the bridge. */
    @Test
    void sendsAllDevicesAgainToABrokerThatShowsWhatItKeepsToWholeTopicsAlone() {
        DeliveryHarness bridge = new DeliveryHarness();
        bridge.list(DOOR);
        FakeConnection first = bridge.settledKeepingWhatItWasSent();
        first.lose(ReasonCode.SUCCESS);
        bridge.work();

        FakeConnection second = bridge.connect();
        second.subscriptions.stream()
                .filter(first.topics()::contains)
                .forEach(topic -> second.say(topic, first.newest(topic), true));
        bridge.answerAllWithin(second, Duration.ofSeconds(5));

        assertThat(second.topics()).containsSubsequence(BRIDGE_DEVICE, DOOR_DEVICE, "lightnvr/bridge/announced");
    }

    @Test
    void takesBackWhatWasAnnouncedWhenDiscoveryIsSwitchedOff() {
        DeliveryHarness before = new DeliveryHarness();
        before.list(DOOR);
        before.settled();

        DeliveryHarness after = new DeliveryHarness(20, false, clock -> before.store);
        FakeConnection connection = after.connect();
        after.pass(Duration.ofSeconds(1));

        assertThat(connection.newest(BRIDGE_DEVICE)).isEmpty();
        assertThat(connection.newest(DOOR_DEVICE)).isEmpty();
        assertThat(before.store.announcedTopics().values())
                .as("not before the broker has it")
                .noneMatch(announced -> announced.payload().isEmpty());
        after.answerAll(connection);
        assertThat(before.store.announcedTopics().values())
                .hasSize(2)
                .allMatch(announced -> announced.payload().isEmpty());
    }

    @Test
    void forgetsWhatWasTakenBackAfterTheNextBirth() {
        DeliveryHarness before = new DeliveryHarness();
        before.list(DOOR);
        before.settled();
        DeliveryHarness after = new DeliveryHarness(20, false, clock -> before.store);
        FakeConnection connection = after.connect();
        after.answerAllWithin(connection, Duration.ofSeconds(5));

        connection.say("homeassistant/status", "online", false);
        after.work();
        after.answerAllWithin(connection, Duration.ofSeconds(10));

        assertThat(before.store.announcedTopics()).isEmpty();
    }

    @Test
    void leavesTheDevicesOfStreamsThatItDoesNotSeeYet() {
        DeliveryHarness before = new DeliveryHarness();
        before.list(DOOR);
        before.settled();

        DeliveryHarness after = new DeliveryHarness(20, true, clock -> before.store);
        FakeConnection connection = after.connect();
        after.answerAllWithin(connection, Duration.ofMinutes(20));

        assertThat(connection.sent.stream().map(sent -> sent.message().text())).noneMatch(String::isEmpty);
    }

    @Test
    void removesAStreamThatIsMissingFromCompleteListsFor10Minutes() {
        DeliveryHarness bridge = new DeliveryHarness();
        FakeConnection connection = connectedWith(bridge, DOOR, YARD);

        listAgain(bridge, connection, 20, DOOR);
        assertThat(connection.topics()).doesNotContain(YARD_DEVICE);
        listAgain(bridge, connection, 1, DOOR);

        assertThat(connection.newest(YARD_DEVICE)).isEmpty();
        assertThat(connection.newest("lightnvr/availability/yard")).isEmpty();
        assertThat(connection.newest("lightnvr/state/yard")).isEmpty();
        assertThat(connection.newest("lightnvr/image/yard")).isEmpty();
        assertThat(connection.newest("lightnvr/snapshot/yard")).isEmpty();
        assertThat(bridge.store.states()).containsOnlyKeys(DOOR);
        assertThat(bridge.store.announcedTopics().get(YARD_DEVICE).payload()).isEmpty();
    }

    @Test
    void removesAStreamThatWentWhileTheBridgeWasAway() {
        DeliveryHarness before = new DeliveryHarness();
        connectedWith(before, DOOR, YARD);

        DeliveryHarness after = new DeliveryHarness(20, true, clock -> before.store);
        FakeConnection connection = after.connect();
        listAgain(after, connection, 22, DOOR);

        assertThat(connection.newest(YARD_DEVICE)).isEmpty();
        assertThat(before.store.states()).containsOnlyKeys(DOOR);
    }

    @Test
    void removesNothingBecauseOfOneEmptyList() {
        DeliveryHarness bridge = new DeliveryHarness();
        FakeConnection connection = connectedWith(bridge, DOOR);

        listAgain(bridge, connection, 10);
        listAgain(bridge, connection, 1, DOOR);
        listAgain(bridge, connection, 15);

        assertThat(connection.topics()).doesNotContain(DOOR_DEVICE);
    }

    @Test
    void removesNothingWhileTheRecorderDoesNotBelieveUsOrDoesNotAnswer() {
        DeliveryHarness bridge = new DeliveryHarness();
        FakeConnection connection = connectedWith(bridge, DOOR);

        for (int i = 0; i < 5; i++) {
            listAgain(bridge, connection, 15);
            bridge.tell(new DeliverySignal.StreamsListed(new StreamList(List.of(), false), Set.of(), Set.of()));
            listAgain(bridge, connection, 15);
            bridge.tell(new DeliverySignal.RecorderAnswers(false));
        }

        assertThat(connection.topics()).doesNotContain(DOOR_DEVICE);
    }

    @Test
    void aStreamThatComesBackIsWholeAgain() {
        DeliveryHarness bridge = new DeliveryHarness();
        FakeConnection connection = connectedWith(bridge, DOOR, YARD);
        listAgain(bridge, connection, 22, DOOR);

        listAgain(bridge, connection, 1, DOOR, YARD);

        assertThat(connection.newest(YARD_DEVICE)).contains("\"name\":\"yard\"");
        assertThat(connection.newest("lightnvr/state/yard")).contains("\"count\":0");
        assertThat(bridge.store.states()).containsKey(YARD);
    }

    @Test
    void keepsZonesWhileNobodyKnowsThem() {
        DeliveryHarness bridge = new DeliveryHarness();
        FakeConnection connection = bridge.connect();
        bridge.tell(new DeliverySignal.StreamsListed(
                listWithZones(Optional.of(List.of(zone("entrance")))), Set.of(), Set.of()));
        bridge.answerAllWithin(connection, Duration.ofSeconds(5));
        assertThat(connection.newest(DOOR_DEVICE)).contains("\"name\":\"entrance\"");
        connection.sent.clear();

        bridge.tell(new DeliverySignal.StreamsListed(listWithZones(Optional.empty()), Set.of(), Set.of()));
        bridge.answerAllWithin(connection, Duration.ofSeconds(5));
        assertThat(connection.topics()).doesNotContain(DOOR_DEVICE);
        bridge.tell(new DeliverySignal.StreamsListed(listWithZones(Optional.of(List.of())), Set.of(), Set.of()));
        bridge.answerAllWithin(connection, Duration.ofSeconds(5));

        assertThat(connection.newest(DOOR_DEVICE)).doesNotContain("entrance");
    }

    @Test
    void announcesAPictureWithTheFirstOneThatComes() {
        DeliveryHarness bridge = new DeliveryHarness();
        FakeConnection connection = connectedWith(bridge, DOOR);

        bridge.picture(DOOR, new byte[] {1, 2, 3});
        bridge.answerAllWithin(connection, Duration.ofSeconds(5));

        assertThat(connection.topics()).containsSubsequence("lightnvr/image/front_door", DOOR_DEVICE);
        assertThat(connection.newest(DOOR_DEVICE)).contains("\"image_topic\":\"lightnvr/image/front_door\"");
        connection.sent.clear();
        bridge.picture(DOOR, new byte[] {4});
        bridge.answerAll(connection);
        bridge.picture(new StreamName("gone"), new byte[] {4});
        assertThat(connection.topics()).containsExactly("lightnvr/image/front_door");
    }

    @Test
    void announcesASnapshotWithTheFirstOneThatComes() {
        DeliveryHarness bridge = new DeliveryHarness();
        FakeConnection connection = connectedWith(bridge, DOOR);

        bridge.still(DOOR, new byte[] {1, 2, 3});
        bridge.answerAllWithin(connection, Duration.ofSeconds(5));

        assertThat(connection.newest(DOOR_DEVICE)).contains("\"topic\":\"lightnvr/snapshot/front_door\"");
        assertThat(connection.newest("lightnvr/snapshot/front_door")).isNotEmpty();
    }

    @Test
    void tellsOnceOfAnotherBridgeWithOurPrefixAndAnswersIt() {
        DeliveryHarness bridge = new DeliveryHarness();
        FakeConnection connection = connectedWith(bridge, DOOR);
        String ours = bridge.bridgeState();

        connection.say("lightnvr/bridge/state", ours, false);
        bridge.work();
        assertThat(connection.sent).as("we hear ourselves").isEmpty();
        connection.say("lightnvr/bridge/state", ours.replace("lightnvr-mqtt", "other"), true);
        bridge.work();
        assertThat(connection.sent).as("it may be long gone").isEmpty();
        connection.say("lightnvr/bridge/state", ours.replace("lightnvr-mqtt", "other"), false);
        bridge.work();

        assertThat(bridge.board.counts().lastError())
                .contains("Another bridge uses the topic prefix lightnvr too: give each its own mqtt.topic_prefix");
        assertThat(connection.topics()).containsExactly("lightnvr/bridge/state");
        bridge.answerAll(connection);
        connection.sent.clear();
        connection.say("lightnvr/bridge/state", ours.replace("lightnvr-mqtt", "other"), false);
        bridge.work();
        assertThat(connection.sent).isEmpty();
    }

    @Test
    void makesOneRoundOfManyBirthsAndPresses() {
        DeliveryHarness bridge = new DeliveryHarness();
        FakeConnection connection = connectedWith(bridge, DOOR);
        int seconds = 60;
        int tenths = seconds * 10;

        for (int tenth = 0; tenth < tenths; tenth++) {
            for (int i = 0; i < 100; i++) {
                connection.say("lightnvr/bridge/announce", "PRESS", false);
                connection.say("homeassistant/status", "online", false);
            }
            bridge.answerAllWithin(connection, Duration.ofMillis(100));
        }

        assertThat(connection.topics())
                .filteredOn("lightnvr/state/front_door"::equals)
                .as("rounds in " + seconds + " s")
                .hasSizeBetween(6, 7);
        assertThat(connection.topics()).filteredOn(DOOR_DEVICE::equals).hasSizeBetween(6, 14);
    }

    @Test
    void sendsAnEventThoughMoreCommandsWaitThanItTakesAtOnce() {
        DeliveryHarness bridge = new DeliveryHarness();
        FakeConnection connection = connectedWith(bridge, DOOR);

        bridge.mailbox.send(new DeliverySignal.Beat(() -> bridge.find(DOOR, "person")));
        for (int i = 0; i < 100_000; i++) {
            connection.say("lightnvr/bridge/announce", "PRESS", false);
        }
        int waiting = bridge.waitingWhen(() -> connection.events().size() == 1);

        assertThat(waiting).as("the flood goes on behind the event").isBetween(1_000, 10_000);
    }

    @Test
    void tellsOnceOfAnotherBridgeWithOurInstanceId() {
        DeliveryHarness bridge = new DeliveryHarness();
        FakeConnection connection = connectedWith(bridge, DOOR);
        String ours = bridge.store.announcedTopics().get(BRIDGE_DEVICE).payload();

        connection.say(BRIDGE_DEVICE, ours, false);
        bridge.work();
        assertThat(bridge.board.counts().lastError()).isEmpty();
        connection.say(BRIDGE_DEVICE, ours.replace("lightnvr/", "garage/"), false);
        bridge.work();

        assertThat(bridge.board.counts().lastError())
                .contains(
                        "Another bridge announces its devices with the instance id lightnvr_mqtt too: give each its own"
                                + " home_assistant.instance_id");
    }

    @Test
    void replacesWhatAnOlderVersionHasAnnounced() {
        DeliveryHarness bridge = new DeliveryHarness(20, true, clock -> {
            DeliveryHarness before = new DeliveryHarness();
            before.store.keepAnnounced(BRIDGE_DEVICE, new AnnouncedTopic("{}", ""));
            return before.store;
        });

        FakeConnection connection = bridge.connect();
        bridge.answerAllWithin(connection, Duration.ofSeconds(5));

        assertThat(connection.newest(BRIDGE_DEVICE)).contains("Re-announce");
    }

    @Test
    void tellsHomeAssistantNothingWhereItIsSwitchedOff() {
        DeliveryHarness bridge = new DeliveryHarness(20, false);
        bridge.list(DOOR);

        FakeConnection connection = bridge.connect();
        bridge.answerAllWithin(connection, Duration.ofSeconds(5));

        assertThat(connection.subscriptions).noneMatch(topic -> topic.startsWith("homeassistant/"));
        assertThat(connection.topics()).allMatch(topic -> topic.startsWith("lightnvr/"));
    }

    private static FakeConnection connectedWith(DeliveryHarness bridge, StreamName... streams) {
        bridge.tell(new DeliverySignal.RecorderAnswers(true));
        bridge.list(streams);
        FakeConnection connection = bridge.settled();
        bridge.answerAllWithin(connection, Duration.ofSeconds(5));
        connection.sent.clear();
        return connection;
    }

    private static void listAgain(DeliveryHarness bridge, FakeConnection connection, int times, StreamName... streams) {
        for (int i = 0; i < times; i++) {
            bridge.answerAllWithin(connection, EVERY);
            bridge.list(streams);
        }
        bridge.answerAllWithin(connection, Duration.ofSeconds(5));
    }

    private static StreamList listWithZones(Optional<List<Zone>> zones) {
        return new StreamList(List.of(new StreamList.Stream(DOOR, true, zones)), true);
    }

    private static Zone zone(String name) {
        return new Zone("z1", name, true, List.of(), Set.of(), 0);
    }

    @Test
    void removesAStreamThatTheUserExcludesButNoneOfWhichTheNameMayBeMisspelled() {
        DeliveryHarness bridge = new DeliveryHarness();
        FakeConnection connection = connectedWith(bridge, DOOR, YARD);

        for (int i = 0; i < 23; i++) {
            bridge.list(Set.of(YARD), Set.of(DOOR));
            bridge.answerAllWithin(connection, Duration.ofSeconds(30));
        }

        assertThat(connection.newest(YARD_DEVICE)).isEmpty();
        assertThat(connection.topics()).doesNotContain(DOOR_DEVICE);
        assertThat(connection.newest("lightnvr/availability/front_door")).isEqualTo("offline");
    }

    @Test
    void clearsTheRetainedEventOfAStreamThatIsGoneUnlessAnotherSharesItsTopic() {
        StreamName dotted = new StreamName("cam.1");
        StreamName spaced = new StreamName("cam 1");
        DeliveryHarness bridge =
                new DeliveryHarness(20, true, clock -> new MemoryStore(DeliveryHarness.LIMITS, clock), true);
        FakeConnection connection = connectedWith(bridge, DOOR, dotted, spaced);

        listAgain(bridge, connection, 23, spaced);
        assertThat(connection.newest("lightnvr/detections/front_door")).isEmpty();
        assertThat(connection.topics()).doesNotContain("lightnvr/detections/cam_1");
        listAgain(bridge, connection, 23, DOOR);

        assertThat(connection.newest("lightnvr/detections/cam_1")).isEmpty();
    }

    @Test
    void letsARenamedStreamKeepItsDeviceAndMovesItsTopics() {
        DeliveryHarness bridge = new DeliveryHarness();
        bridge.tell(new DeliverySignal.RecorderAnswers(true));
        bridge.list(DOOR);
        bridge.detect(DOOR, "person");
        FakeConnection connection = bridge.settledKeepingWhatItWasSent();

        bridge.store.rename(DOOR, YARD);
        bridge.tell(new DeliverySignal.Renamed(DOOR, YARD));
        bridge.list(YARD);
        bridge.answerAllWithin(connection, Duration.ofSeconds(4));

        assertThat(connection.newest("lightnvr/availability/yard")).isEqualTo("online");
        assertThat(connection.newest("lightnvr/state/yard")).contains("\"person\":\"ON\"");
        assertThat(connection.newest("lightnvr/availability/front_door")).isEmpty();
        assertThat(connection.newest("lightnvr/state/front_door")).isEmpty();
        assertThat(connection.newest(DOOR_DEVICE))
                .contains("\"name\":\"yard\"", "lightnvr/state/yard", "lightnvr_mqtt_stream_front_door-person")
                .doesNotContain("lightnvr/state/front_door");
        assertThat(connection.topics()).doesNotContain(YARD_DEVICE);

        bridge.list(YARD, DOOR);
        bridge.answerAllWithin(connection, Duration.ofSeconds(4));

        assertThat(connection.newest(DOOR_DEVICE)).contains("lightnvr/state/yard");
        assertThat(connection.topics()).anyMatch(topic -> topic.contains("lightnvr_mqtt_stream_front_door_2-"));
    }

    @Test
    void hasASensorOfTheStorageOnceTheRecorderTellsOfIt() {
        DeliveryHarness bridge = new DeliveryHarness();
        FakeConnection connection = bridge.settledKeepingWhatItWasSent();
        assertThat(connection.newest(BRIDGE_DEVICE)).doesNotContain("Recorder storage");

        bridge.tell(new DeliverySignal.RecorderStorage("critical"));
        bridge.work();
        bridge.answerAllWithin(connection, Duration.ofSeconds(4));

        assertThat(connection.newest("lightnvr/bridge/storage")).isEqualTo("critical");
        assertThat(connection.newest(BRIDGE_DEVICE)).contains("Recorder storage", "emergency");
    }

    @Test
    void followsTheRecorderAtOnceWhenItSaysThatAStreamIsDown() {
        DeliveryHarness bridge = new DeliveryHarness();
        bridge.list(DOOR);
        bridge.tell(new DeliverySignal.RecorderAnswers(true));
        FakeConnection connection = bridge.settledKeepingWhatItWasSent();

        bridge.tell(new DeliverySignal.StreamCondition(DOOR, false));
        bridge.tell(new DeliverySignal.StreamCondition(YARD, true));
        bridge.work();
        assertThat(connection.newest("lightnvr/availability/front_door")).isEqualTo("offline");
        bridge.tell(new DeliverySignal.StreamCondition(DOOR, true));
        bridge.answerAll(connection);
        bridge.work();

        assertThat(connection.newest("lightnvr/availability/front_door")).isEqualTo("online");
        assertThat(connection.topics()).doesNotContain("lightnvr/availability/yard");
    }
}
