package io.lightnvr.mqtt.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Several recorders in one process. */
@Execution(ExecutionMode.CONCURRENT)
class RecordersIT {

    private static final SimulatedRow PERSON = SimulatedRow.wholePicture("person", 0.9f);
    private static final SimulatedRow CAR = SimulatedRow.wholePicture("car", 0.8f);
    private static final byte[] GARBAGE = "\u0000\u0001 no HTTP at all \u00ff".getBytes(StandardCharsets.ISO_8859_1);
    private static final String HOUSE_EVENTS = "lightnvr/detections/door";
    private static final String BARN_EVENTS = "lightnvr_barn/detections/door";
    private static final String BARN_DEVICE = "homeassistant/device/lightnvr_mqtt_barn_stream_door/config";

    @RegisterExtension
    final TestBed bed = new TestBed();

    private Mosquitto broker;
    private SimulatedRecorder house;
    private SimulatedRecorder barn;
    private Camera houseDoor;
    private Camera barnDoor;
    private Subscriber subscriber;

    @BeforeEach
    void startTwoRecordersWithAStreamOfTheSameName() {
        broker = bed.broker();
        house = bed.recorder();
        barn = bed.recorder();
        houseDoor = Camera.of(house, "door");
        barnDoor = Camera.of(barn, "door");
        subscriber = Subscriber.start(bed, broker, "listener", "#");
    }

    private BridgeOptions options() {
        return BridgeOptions.ofBroker(broker.port());
    }

    private BridgeOptions two() {
        return options().recorder("house", house.url()).recorder("barn", barn.url());
    }

    private void awaitBoth() {
        houseDoor.awaitWatched();
        barnDoor.awaitWatched();
    }

    private void expectAnotherBridge() {
        houseDoor.expectAnotherBridge();
        barnDoor.expectAnotherBridge();
    }

    private Path data(String name) {
        return bed.folder().resolve("recorders").resolve(name);
    }

    @Test
    void eachHasItsTopicsDevicesAndConnectionsInOneProcess() throws Exception {
        int port = Ports.free();
        BridgeProcess bridge = BridgeProcess.run(bed, two().with("web", "port", port));
        awaitBoth();
        broker.awaitClient("lightnvr-mqtt");
        broker.awaitClient("lightnvr-mqtt-barn");

        houseDoor.sees(PERSON);
        barnDoor.sees(CAR);

        assertThat(subscriber.await(HOUSE_EVENTS).payload()).contains("person");
        assertThat(subscriber.await(BARN_EVENTS).payload()).contains("car");
        assertThat(subscriber.on(HOUSE_EVENTS)).hasSize(1);
        assertThat(subscriber.on(BARN_EVENTS)).hasSize(1);
        subscriber.await("homeassistant/device/lightnvr_mqtt_stream_door/config");
        assertThat(subscriber.await(BARN_DEVICE).payload()).contains("lightnvr_mqtt_barn_bridge");
        assertThat(subscriber
                        .await("homeassistant/device/lightnvr_mqtt_barn_bridge/config")
                        .json()
                        .path("device")
                        .path("name")
                        .asText())
                .isEqualTo("LightNVR MQTT (barn)");
        assertThat(PageClient.get(port, "/api/status"))
                .contains("\"key\":\"house:door\"", "\"key\":\"barn:door\"", "recorders[1].url");
        Eventually.isSo(
                "what each has published",
                () -> PageClient.get(port, "/metrics").contains("lightnvr_published_total{recorder=\"barn\"} 1"));
        assertThat(PageClient.get(port, "/healthz")).contains("200 OK");
        assertThat(bridge.log().all()).anyMatch(line -> line.contains("[barn] Connected to the broker"));
        assertThat(bridge.terminate()).isZero();
        subscriber.await("lightnvr/availability", "offline");
        subscriber.await("lightnvr_barn/availability", "offline");
    }

    @Test
    void oneThatHangsAndOneThatTalksRubbishHoldUpNoOther() throws Exception {
        try (SilentServer hanging = new SilentServer();
                SilentServer rubbish = new SilentServer(GARBAGE)) {
            BridgeProcess bridge = BridgeProcess.run(
                    bed,
                    options()
                            .recorder("shed", URI.create("http://127.0.0.1:" + hanging.port()))
                            .recorder("yard", URI.create("http://127.0.0.1:" + rubbish.port()))
                            .recorder("gone", URI.create("http://127.0.0.1:" + Ports.free()))
                            .recorder("barn", barn.url()));
            barnDoor.awaitWatched();
            hanging.awaitClient();
            rubbish.awaitClient();

            barnDoor.sees(PERSON);

            assertThat(subscriber.await(BARN_EVENTS).sequence()).isEqualTo(1);
            subscriber.await("lightnvr/availability", "online");
            subscriber.await("lightnvr_yard/availability", "online");
            bridge.awaitLog("[gone] ");
            assertThat(bridge.terminate()).isZero();
        }
    }

    @Test
    void aMistakeInOneEntryAndAStoreThatCannotBeUsedStopThatOneAlone() throws Exception {
        Files.createDirectories(data("attic").getParent());
        Files.writeString(data("attic"), "not a folder");
        int port = Ports.free();
        BridgeProcess bridge = BridgeProcess.run(
                bed,
                options()
                        .with("web", "port", port)
                        .recorder(Map.of("name", "yard", "url", "ftp://yard"))
                        .recorder("house", house.url())
                        .recorder("attic", URI.create("http://127.0.0.1:" + Ports.free()))
                        .recorder("barn", barn.url()));
        awaitBoth();

        houseDoor.sees(PERSON);
        barnDoor.sees(PERSON);

        subscriber.await("lightnvr_house/detections/door");
        subscriber.await(BARN_EVENTS);
        bridge.awaitLog("yard: recorders[0].url: ftp://yard ");
        bridge.awaitLog("this recorder is not read, the others are");
        assertThat(PageClient.get(port, "/api/status")).contains("yard/configuration", "recorders[0].url");
        assertThat(bridge.terminate()).isEqualTo(2);
    }

    @Test
    void aStoreThatAnotherProcessUsesStopsThatOneAlone() throws Exception {
        BridgeProcess first = BridgeProcess.start(
                bed,
                "run",
                "--config",
                options()
                        .mqtt("client_id", "first")
                        .recorder("barn", barn.url())
                        .write(bed, "first.json")
                        .toString(),
                "--data",
                Files.createDirectories(data("barn")).toString());
        barnDoor.awaitWatched();

        BridgeProcess bridge = BridgeProcess.run(bed, two());
        houseDoor.awaitWatched();
        houseDoor.sees(PERSON);

        subscriber.await(HOUSE_EVENTS);
        bridge.awaitLog("barn: Another bridge is running with the folder ");
        assertThat(bridge.terminate()).isEqualTo(1);
        assertThat(first.terminate()).isZero();
    }

    @Test
    void aDamagedStoreOfOneIsSetAsideAndNoOther() throws Exception {
        Files.createDirectories(data("barn"));
        Files.writeString(data("barn").resolve("lightnvr-mqtt.db"), "no database ".repeat(1_000));
        BridgeProcess bridge = BridgeProcess.run(bed, two());
        awaitBoth();

        houseDoor.sees(PERSON);
        barnDoor.sees(PERSON);

        subscriber.await(HOUSE_EVENTS);
        subscriber.await(BARN_EVENTS);
        assertThat(bridge.awaitLog("was damaged")).contains("[barn] ");
        assertThat(bridge.terminate()).isZero();
    }

    @Test
    void endsWithAStatusIfNoneCanRun() {
        BridgeProcess bridge = BridgeProcess.run(
                bed,
                options().recorder(Map.of("name", "yard", "url", "ftp://yard")).recorder(Map.of("name", "shed")));

        assertThat(bridge.exitStatus()).isEqualTo(2);
        assertThat(bridge.log().all())
                .anyMatch(line -> line.contains("recorders[0].url: ftp://yard"))
                .anyMatch(line -> line.contains("recorders[1].url: is missing"));
    }

    @Test
    void fromOneToSeveralAndBackKeepsDevicesIdsAndSequences() {
        BridgeProcess single = BridgeProcess.run(bed, BridgeOptions.of(house, broker.port()));
        houseDoor.awaitWatched().sees(PERSON);
        assertThat(subscriber.await(HOUSE_EVENTS).sequence()).isEqualTo(1);
        subscriber.await("homeassistant/device/lightnvr_mqtt_stream_door/config");
        assertThat(single.terminate()).isZero();
        Map<String, Set<String>> before = ids();

        expectAnotherBridge();
        BridgeProcess several = BridgeProcess.run(bed, two());
        awaitBoth();
        houseDoor.sees(CAR);
        barnDoor.sees(CAR);
        subscriber.await(BARN_DEVICE);
        assertThat(subscriber.await(HOUSE_EVENTS, 2).get(1).sequence()).isEqualTo(2);
        assertThat(subscriber.await(BARN_EVENTS).sequence()).isEqualTo(1);
        assertThat(several.terminate()).isZero();
        assertThat(ids()).containsAllEntriesOf(before);

        expectAnotherBridge();
        BridgeProcess turned =
                BridgeProcess.run(bed, options().recorder("barn", barn.url()).recorder("house", house.url()));
        awaitBoth();
        houseDoor.sees(PERSON);
        barnDoor.sees(PERSON);
        assertThat(subscriber.await(HOUSE_EVENTS, 3).get(2).sequence())
                .as("in another order")
                .isEqualTo(3);
        assertThat(subscriber.await(BARN_EVENTS, 2).get(1).sequence()).isEqualTo(2);
        assertThat(turned.terminate()).isZero();
        Map<String, Set<String>> ofBoth = ids();

        houseDoor.expectAnotherBridge();
        BridgeProcess back = BridgeProcess.run(bed, BridgeOptions.of(house, broker.port()));
        houseDoor.awaitWatched().sees(CAR);
        assertThat(subscriber.await(HOUSE_EVENTS, 4).get(3).sequence()).isEqualTo(4);
        back.awaitLog("The recorder barn has no entry any more");
        assertThat(back.terminate()).isZero();
        assertThat(ids()).isEqualTo(ofBoth);
        assertThat(retained()).containsEntry("lightnvr_barn/availability", "offline");
    }

    @Test
    void takesBackWhatARecorderHasLeftOnlyWhenItIsForgotten() {
        BridgeProcess several = BridgeProcess.run(bed, two());
        awaitBoth();
        subscriber.await("lightnvr_barn/state/door");
        subscriber.await(BARN_DEVICE);
        assertThat(several.terminate()).isZero();
        String only = options().recorder("house", house.url()).write(bed).toString();
        assertThat(Checked.check(bed, "--config", only).line("has no entry any more"))
                .startsWith("warning  configuration: The recorder barn")
                .endsWith("run --forget-recorder barn");

        assertThat(forget(only, "house").exitStatus()).isEqualTo(1);
        assertThat(forget(only, "attic").exitStatus()).isEqualTo(1);
        assertThat(retained()).containsKey(BARN_DEVICE);
        BridgeProcess forgetting = forget(only, "barn");

        assertThat(forgetting.exitStatus()).isZero();
        assertThat(forgetting.printed()).contains("Removed the recorder barn, including 2 devices");
        assertThat(retained().keySet()).noneMatch(topic -> topic.contains("barn"));
        assertThat(retained()).containsKey("homeassistant/device/lightnvr_mqtt_stream_door/config");
        assertThat(data("barn")).doesNotExist();
    }

    private BridgeProcess forget(String options, String name) {
        return BridgeProcess.start(bed, "run", "--config", options, "--forget-recorder", name);
    }

    @Test
    void checksAllAndPublishesForTheOneThatIsNamed() {
        houseDoor.sees(PERSON);
        barnDoor.sees(PERSON);
        String file = two().recorder(Map.of("name", "yard", "url", "ftp://yard"))
                .write(bed)
                .toString();

        Checked checked = Checked.check(bed, "--config", file);

        assertThat(checked.status()).isEqualTo(1);
        assertThat(checked.lines())
                .anyMatch(line -> line.startsWith("ok       house/recorder: is LightNVR"))
                .anyMatch(line -> line.startsWith("ok       barn/recorder: is LightNVR"))
                .contains(
                        "ok       barn/broker: accepts the connection as lightnvr-mqtt-barn-check",
                        "ok       barn/data folder: there is no store yet; the bridge creates it")
                .anyMatch(line -> line.startsWith("failed   yard/configuration: recorders[2].url: ftp://yard"));

        assertThat(Checked.check(bed, "--config", file, "--recorder", "barn").lines())
                .noneMatch(line -> line.contains("house/"));
        assertThat(BridgeProcess.start(
                                bed,
                                "publish",
                                "--config",
                                file,
                                "--recorder",
                                "barn",
                                "--stream",
                                "gate",
                                "--label",
                                "car")
                        .exitStatus())
                .isZero();
        subscriber.await("lightnvr_barn/detections/gate");
    }

    /** What the broker keeps, by topic. */
    private Map<String, String> retained() {
        Map<String, String> retained = new TreeMap<>();
        subscriber.all().stream().filter(Heard::retained).forEach(heard -> {
            if (heard.payload().isEmpty()) {
                retained.remove(heard.topic());
            } else {
                retained.put(heard.topic(), heard.payload());
            }
        });
        return retained;
    }

    /** The unique ids that are announced, by topic. */
    private Map<String, Set<String>> ids() {
        return retained().entrySet().stream()
                .filter(topic -> topic.getKey().startsWith("homeassistant/device/"))
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        topic -> Set.copyOf(List.of(topic.getValue().split("\"unique_id\":\"")).stream()
                                .skip(1)
                                .map(rest -> rest.substring(0, rest.indexOf('"')))
                                .toList())));
    }
}
