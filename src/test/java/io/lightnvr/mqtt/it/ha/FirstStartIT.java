package io.lightnvr.mqtt.it.ha;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.SimulatedStream;
import io.lightnvr.mqtt.demo.recorder.SimulatedZone;
import io.lightnvr.mqtt.it.BridgeOptions;
import io.lightnvr.mqtt.it.BridgeProcess;
import io.lightnvr.mqtt.it.Camera;
import io.lightnvr.mqtt.it.Eventually;
import io.lightnvr.mqtt.it.TestBed;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a person finds in Home Assistant when the bridge runs for the first time. */
@Execution(ExecutionMode.CONCURRENT)
class FirstStartIT {

    private static final String BRIDGE = "lightnvr_mqtt_bridge";
    private static final String DOOR = "lightnvr_mqtt_stream_front_door";

    @RegisterExtension
    final TestBed bed = new TestBed();

    private House house;

    @BeforeEach
    void build() {
        house = new House(bed);
    }

    @Test
    void aStreamHasItsEntities() {
        Camera door = house.camera("front_door");
        house.recorder().streams().setZones(door.stream(), SimulatedZone.rectangle("zone_a", "Entrance", 0, 0, 1, 1));
        HomeAssistant homeAssistant = house.homeAssistant();
        house.startBridge();
        homeAssistant.awaitState("binary_sensor.front_door_entrance", "off");

        Registry registry = homeAssistant.registry();
        SeenDevice device = registry.device(DOOR);
        assertThat(device.name()).isEqualTo("front_door");
        assertThat(device.viaId()).isEqualTo(registry.device(BRIDGE).id());
        Eventually.isSo("its entities", () -> registry.entitiesOf(device).size() >= 17);
        assertThat(registry.entitiesOf(device))
                .extracting(entity -> entity.entityId() + " | " + entity.name() + " | " + entity.deviceClass() + " | "
                        + entity.category() + " | " + entity.disabledBy())
                .containsExactlyInAnyOrder(
                        "sensor.front_door_detections | Detections |  |  | ",
                        "binary_sensor.front_door_person | Person | occupancy |  | ",
                        "binary_sensor.front_door_vehicle | Vehicle | occupancy |  | ",
                        "binary_sensor.front_door_animal | Animal | occupancy |  | ",
                        "binary_sensor.front_door_package | Package | occupancy |  | ",
                        "sensor.front_door_person_count | Person count |  |  | ",
                        "event.front_door_detection | Detection | motion |  | ",
                        "event.front_door_visit | Visit |  |  | ",
                        "sensor.front_door_last_visit | Last visit | timestamp |  | ",
                        "sensor.front_door_visit_duration | Visit duration | duration |  | integration",
                        "switch.front_door_alerts | Alerts |  | config | ",
                        "number.front_door_alert_pause | Alert pause | duration | config | ",
                        "button.front_door_snooze_alerts | Snooze alerts |  |  | ",
                        "sensor.front_door_last_detection | Last detection | timestamp |  | ",
                        "sensor.front_door_last_label | Last label |  |  | integration",
                        "binary_sensor.front_door_connection | Connection | connectivity | diagnostic | ",
                        "binary_sensor.front_door_entrance | Entrance | occupancy |  | ");
        Eventually.isSo("its triggers", () -> registry.triggers(device).size() >= 4);
        assertThat(registry.triggers(device))
                .extracting(trigger -> trigger.get("type") + " " + trigger.get("subtype"))
                .containsExactlyInAnyOrder(
                        "detected person", "detected vehicle", "detected animal", "detected package");
        homeAssistant.assertNoComplaints();
    }

    @Test
    void theBridgeShowsHowItIs() {
        house.camera("front_door");
        HomeAssistant homeAssistant = house.homeAssistant();
        house.startBridge();
        homeAssistant.awaitState("sensor.lightnvr_mqtt_streams", "1");

        Registry registry = homeAssistant.registry();
        SeenDevice device = registry.device(BRIDGE);
        Eventually.isSo("its entities", () -> registry.entitiesOf(device).size() >= 11);
        assertThat(registry.entitiesOf(device))
                .extracting(entity -> entity.entityId() + " | " + entity.name() + " | " + entity.category())
                .containsExactlyInAnyOrder(
                        "binary_sensor.lightnvr_mqtt_connection | Connection | diagnostic",
                        "binary_sensor.lightnvr_mqtt_recorder_connection | Recorder connection | diagnostic",
                        "sensor.lightnvr_mqtt_version | Version | diagnostic",
                        "sensor.lightnvr_mqtt_streams | Streams | diagnostic",
                        "sensor.lightnvr_mqtt_waiting_events | Waiting events | diagnostic",
                        "sensor.lightnvr_mqtt_oldest_waiting | Oldest waiting | diagnostic",
                        "sensor.lightnvr_mqtt_events_published | Events published | diagnostic",
                        "sensor.lightnvr_mqtt_events_missed | Events missed | diagnostic",
                        "sensor.lightnvr_mqtt_last_error | Last error | diagnostic",
                        "sensor.lightnvr_mqtt_started | Started | diagnostic",
                        "button.lightnvr_mqtt_re_announce | Re-announce | config");
        homeAssistant.awaitState("binary_sensor.lightnvr_mqtt_connection", "on");
        homeAssistant.awaitState("binary_sensor.lightnvr_mqtt_recorder_connection", "on");
        homeAssistant.awaitState("sensor.lightnvr_mqtt_waiting_events", "0");
        homeAssistant.awaitState("sensor.lightnvr_mqtt_last_error", "an error or none", SeenState::isKnown);
        homeAssistant.awaitState("sensor.lightnvr_mqtt_started", "an instant", SeenState::isKnown);
        homeAssistant.assertNoComplaints();
    }

    @Test
    void theButtonHasEverythingAnnouncedAgain() {
        house.camera("front_door");
        HomeAssistant homeAssistant = house.homeAssistant();
        house.startBridge();
        String button = "button.lightnvr_mqtt_re_announce";
        homeAssistant.awaitState("binary_sensor.front_door_person", "off");
        homeAssistant.awaitState(button, "there", SeenState::isAvailable);

        homeAssistant.call("button.press", button);

        house.bridge().awaitLog("Announcing everything again, as requested");
        homeAssistant.assertNoComplaints();
    }

    @Test
    void namesOfEveryKindAreDevices() {
        List<String> names = List.of(
                "cam.1",
                "cam_1",
                "cam 1",
                "Tür",
                "前門",
                "🚗",
                "🚗🚗",
                "a/b+c#d",
                "\"><script>alert(1)</script>",
                "{{ 1/0 }}",
                "'",
                "n".repeat(255),
                "n".repeat(254) + "m");
        names.forEach(house::camera);
        HomeAssistant homeAssistant = house.homeAssistant();
        house.startBridge();

        homeAssistant.awaitState("binary_sensor.qian_men_person", "off");
        awaitStreams(homeAssistant, names.size());
        homeAssistant.awaitState("binary_sensor.qian_men_connection", "on");

        assertThat(streamsOf(homeAssistant)).extracting(SeenDevice::name).containsExactlyInAnyOrderElementsOf(names);
        Eventually.isSo(
                "all connections",
                () -> homeAssistant.states("_connection").stream()
                                .filter(state -> state.entityId().startsWith("binary_sensor"))
                                .count()
                        == names.size() + 2);
        homeAssistant.states("_connection").forEach(state -> homeAssistant.awaitState(state.entityId(), "on"));
        Eventually.isSo(
                "names that make no ids to have ids of their hashes",
                () -> homeAssistant.states("_person").stream()
                                .map(SeenState::entityId)
                                .filter(id -> id.startsWith("binary_sensor.stream_") && !id.endsWith("_2"))
                                .count()
                        == 5);
        homeAssistant.assertNoComplaints();
    }

    @Test
    void twoInstancesShareABroker() {
        house.camera("front_door");
        HomeAssistant homeAssistant = house.homeAssistant();
        house.startBridge();
        house.bridge().awaitLog("Connected to the broker");
        BridgeOptions garage = BridgeOptions.of(house.recorder(), house.broker().port())
                .mqtt("topic_prefix", "garage")
                .mqtt("client_id", "garage");
        BridgeProcess second = BridgeProcess.start(
                bed,
                "run",
                "--config",
                garage.write(bed, "garage.json").toString(),
                "--data",
                bed.newFolder("garage").toString());

        awaitStreams(homeAssistant, 2);
        homeAssistant.awaitState("binary_sensor.lightnvr_mqtt_garage_connection", "on");
        homeAssistant.awaitState("binary_sensor.lightnvr_mqtt_connection", "on");
        assertThat(streamsOf(homeAssistant))
                .flatExtracting(SeenDevice::identifiers)
                .containsExactlyInAnyOrder(DOOR, "lightnvr_mqtt_garage_stream_front_door");
        second.terminate();

        homeAssistant.awaitState("binary_sensor.lightnvr_mqtt_garage_connection", "off");
        homeAssistant.awaitState("binary_sensor.lightnvr_mqtt_connection", "on");
        assertThat(house.bridge().log().all(line -> line.contains("Another bridge")))
                .isEmpty();
        homeAssistant.assertNoComplaints();
    }

    @Test
    void twoBridgesWithOnePrefixAreToldOfEachOther() {
        house.camera("front_door");
        house.startBridge().awaitLog("Connected to the broker");
        BridgeOptions same =
                BridgeOptions.of(house.recorder(), house.broker().port()).mqtt("client_id", "other");

        BridgeProcess second = BridgeProcess.start(
                bed,
                "run",
                "--config",
                same.write(bed, "other.json").toString(),
                "--data",
                bed.newFolder("other").toString());

        String told = "Another bridge uses the topic prefix lightnvr too: give each its own mqtt.topic_prefix";
        house.bridge().awaitLog(told);
        second.awaitLog(told);
    }

    @Test
    void sixtyFourStreamsAreThere() {
        IntStream.rangeClosed(1, 64)
                .mapToObj(number -> SimulatedStream.running("camera %02d".formatted(number)))
                .forEach(house.recorder().streams()::add);
        HomeAssistant homeAssistant = house.homeAssistant();
        house.startBridge();

        awaitStreams(homeAssistant, 64);
        for (int number = 1; number <= 64; number++) {
            homeAssistant.awaitState("binary_sensor.camera_%02d_person".formatted(number), "off");
        }

        House.awaitLists(
                "all entities", () -> homeAssistant.registry().entities().size() >= 64 * 16 + 11);
        assertThat(homeAssistant.registry().entities())
                .extracting(SeenEntity::entityId)
                .hasSize(64 * 16 + 11)
                .doesNotHaveDuplicates()
                .noneMatch(id -> id.endsWith("_2"));
        homeAssistant.assertNoComplaints();
    }

    private static void awaitStreams(HomeAssistant homeAssistant, int count) {
        House.awaitLists(count + " streams", () -> streamsOf(homeAssistant).size() == count);
    }

    private static List<SeenDevice> streamsOf(HomeAssistant homeAssistant) {
        return homeAssistant.registry().devices().stream()
                .filter(device -> device.model().equals("Camera stream"))
                .toList();
    }
}
