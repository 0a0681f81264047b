package io.lightnvr.mqtt.it.ha;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.SimulatedZone;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.it.BridgeProcess;
import io.lightnvr.mqtt.it.Camera;
import io.lightnvr.mqtt.it.Eventually;
import io.lightnvr.mqtt.it.TestBed;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What goes goes from Home Assistant too, whether that was running or not. */
@Execution(ExecutionMode.CONCURRENT)
class RemovalIT {

    private static final String DOOR = "binary_sensor.front_door_person";
    private static final String YARD = "binary_sensor.yard_person";
    private static final String ENTRANCE = "binary_sensor.front_door_entrance";
    private static final String YARD_ID = "lightnvr_mqtt_stream_yard";

    @RegisterExtension
    final TestBed bed = new TestBed();

    private House house;
    private Camera door;
    private HomeAssistant homeAssistant;

    @BeforeEach
    void build() {
        house = new House(bed);
        house.options().homeAssistant("forget_after", 1);
        door = house.camera("front_door");
        house.camera("yard");
    }

    @Test
    void aStreamThatIsDeletedWhileHomeAssistantRuns() {
        begin();

        house.recorder().streams().delete(new StreamName("yard"));

        House.awaitLists("the end of the yard", () -> homeAssistant.find(YARD).isEmpty());
        awaitGone(YARD_ID);
        assertThat(homeAssistant.state(DOOR).state()).isEqualTo("off");
        homeAssistant.assertNoComplaints();
    }

    @Test
    void aStreamThatIsDeletedWhileHomeAssistantDoesNotRun() {
        begin();
        homeAssistant.stop();
        house.recorder().streams().delete(new StreamName("yard"));
        House.awaitLists(
                "the yard to be removed",
                () -> house.bridge()
                                .log()
                                .all(line -> line.contains("yard is gone"))
                                .size()
                        == 1);

        homeAssistant.startAgain();

        homeAssistant.awaitBirth();
        awaitGone(YARD_ID);
        homeAssistant.awaitGone(YARD);
        homeAssistant.awaitState(DOOR, "off");
        homeAssistant.assertNoComplaints();
    }

    @Test
    void aStreamWithAnotherName() {
        begin();
        house.recorder().streams().delete(new StreamName("yard"));
        house.camera("garden");
        house.restartBridge();

        homeAssistant.awaitState("binary_sensor.garden_person", "off");
        House.awaitLists("the end of the yard", () -> homeAssistant.find(YARD).isEmpty());
        awaitGone(YARD_ID);
        homeAssistant.assertNoComplaints();
    }

    @Test
    void aZoneThatIsRemovedAndOneThatIsAdded() {
        zones(SimulatedZone.rectangle("z1", "Entrance", 0, 0, 1, 1));
        begin();
        homeAssistant.awaitState(ENTRANCE, "off");

        zones(SimulatedZone.rectangle("z2", "Path", 0, 0, 1, 1));
        house.restartBridge();

        homeAssistant.awaitState("binary_sensor.front_door_path", "off");
        homeAssistant.awaitGone(ENTRANCE);
        awaitEntranceGone();
        homeAssistant.assertNoComplaints();
    }

    @Test
    void aZoneThatIsRemovedWhileHomeAssistantDoesNotRun() {
        zones(SimulatedZone.rectangle("z1", "Entrance", 0, 0, 1, 1));
        begin();
        homeAssistant.awaitState(ENTRANCE, "off");
        homeAssistant.stop();
        zones();
        house.restartBridge();
        house.bridge().awaitLog("Connected to the broker");
        Eventually.isSo("the payload without the zone", () -> {
            String device = house.retained().getOrDefault(deviceTopic("front_door"), "");
            return !device.isEmpty() && !device.contains("Entrance");
        });

        homeAssistant.startAgain();

        homeAssistant.awaitBirth();
        awaitEntranceGone();
        homeAssistant.awaitState(DOOR, "off");
        homeAssistant.assertNoComplaints();
    }

    @Test
    void aZoneWithAnotherNameStaysTheSameEntity() {
        zones(SimulatedZone.rectangle("z1", "Entrance", 0, 0, 1, 1));
        begin();
        homeAssistant.awaitState(ENTRANCE, "off");

        zones(SimulatedZone.rectangle("z1", "Porch", 0, 0, 1, 1));
        house.bridge().terminate();
        door.expectAnotherBridge();
        house.startBridge();

        Eventually.isSo(
                "the new name",
                () -> homeAssistant.registry().entities().stream()
                        .anyMatch(entity -> entity.entityId().equals(ENTRANCE)
                                && entity.name().equals("Porch")));
        door.awaitWatched().sees(House.PERSON);
        homeAssistant.awaitChange(ENTRANCE, "on");
        homeAssistant.assertNoComplaints();
    }

    @Test
    void aGroupThatThePersonNoLongerWants() {
        begin();
        homeAssistant.awaitState("binary_sensor.front_door_package", "off");

        house.options().homeAssistant("groups", List.of("person: person"));
        house.restartBridge();

        homeAssistant.awaitGone("binary_sensor.front_door_package");
        homeAssistant.awaitState(DOOR, "off");
        Registry registry = homeAssistant.registry();
        Eventually.isSo(
                "one trigger",
                () -> registry.triggers(registry.device("lightnvr_mqtt_stream_front_door"))
                                .size()
                        == 1);
        homeAssistant.assertNoComplaints();
    }

    @Test
    void aStreamThatIsForgottenByHand() {
        begin();
        house.recorder().streams().delete(new StreamName("yard"));
        house.bridge().terminate();

        BridgeProcess forgetting = house.forget("--forget", "yard");

        assertThat(forgetting.exitStatus()).isZero();
        homeAssistant.awaitGone(YARD);
        awaitGone(YARD_ID);
        assertThat(homeAssistant.registry().devices())
                .anyMatch(device -> device.name().equals("front_door"));
        assertThat(house.retained().keySet()).noneMatch(topic -> topic.contains("/yard"));
        assertThat(house.forget("--forget", "nobody").exitStatus()).isEqualTo(1);
        homeAssistant.assertNoComplaints();
    }

    @Test
    void everythingThatIsForgotten() {
        begin();
        String ofTheRecorder = "homeassistant/sensor/lightnvr/front_door_detection_count/config";
        house.retain(ofTheRecorder, "{\"name\":\"x\",\"unique_id\":\"x\",\"state_topic\":\"lightnvr/x\"}");
        house.retain("zigbee2mqtt/lamp", "on");
        house.bridge().terminate();

        BridgeProcess forgetting = house.forget("--forget-all");

        assertThat(forgetting.exitStatus()).isZero();
        assertThat(forgetting.printed()).contains("3 devices");
        homeAssistant.awaitGone(DOOR);
        Eventually.isSo(
                "the end of the streams",
                () -> homeAssistant.registry().devices().stream()
                        .noneMatch(device -> device.model().equals("Camera stream")));
        assertThat(house.retained().keySet()).containsExactlyInAnyOrder(ofTheRecorder, "zigbee2mqtt/lamp");
        homeAssistant.assertNoComplaints();
    }

    @Test
    void everythingThatIsForgottenWhileHomeAssistantDoesNotRun() {
        begin();
        homeAssistant.stop();
        house.bridge().terminate();
        assertThat(house.forget("--forget-all").exitStatus()).isZero();
        homeAssistant.startAgain();
        assertThat(homeAssistant.registry().devices())
                .anyMatch(device -> device.model().equals("Camera stream"));

        assertThat(house.forget("--forget-all").exitStatus())
                .as("once more, as it says")
                .isZero();

        awaitNoDevice();
        homeAssistant.assertNoComplaints();
    }

    @Test
    void everythingWhenDiscoveryIsSwitchedOff() {
        begin();

        house.options().homeAssistant("discovery", false);
        house.restartBridge();

        homeAssistant.awaitGone(DOOR);
        awaitNoDevice();
        homeAssistant.assertNoComplaints();
    }

    private void begin() {
        homeAssistant = house.homeAssistant();
        house.startBridge();
        homeAssistant.awaitState(DOOR, "off");
        homeAssistant.awaitState(YARD, "off");
    }

    private void zones(SimulatedZone... zones) {
        house.recorder().streams().setZones(door.stream(), zones);
    }

    private void awaitGone(String identifier) {
        Eventually.isSo(
                "the end of the device " + identifier,
                () -> homeAssistant.registry().devices().stream()
                        .noneMatch(device -> device.identifiers().contains(identifier)));
        Eventually.isSo(
                "the end of the entities of " + identifier,
                () -> homeAssistant.registry().entities().stream()
                        .noneMatch(entity -> entity.uniqueId().startsWith(identifier)));
    }

    private void awaitNoDevice() {
        Eventually.isSo(
                "the end of all devices",
                () -> homeAssistant.registry().devices().stream()
                        .noneMatch(device -> device.manufacturer().equals("LightNVR")));
    }

    private void awaitEntranceGone() {
        Eventually.isSo(
                "the end of the zone",
                () -> homeAssistant.registry().entities().stream()
                        .noneMatch(entity -> entity.entityId().equals(ENTRANCE)));
    }

    private static String deviceTopic(String key) {
        return "homeassistant/device/lightnvr_mqtt_stream_" + key + "/config";
    }
}
