package io.lightnvr.mqtt.it.ha;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.it.BridgeOptions;
import io.lightnvr.mqtt.it.BridgeProcess;
import io.lightnvr.mqtt.it.Camera;
import io.lightnvr.mqtt.it.Eventually;
import io.lightnvr.mqtt.it.TestBed;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** From one recorder to two and back, as Home Assistant sees it. */
@Execution(ExecutionMode.CONCURRENT)
class RecordersHouseIT {

    private static final String HOUSE_DOOR = "binary_sensor.door_person";
    private static final String BARN_DOOR = "binary_sensor.door_person_2";
    private static final String BARN = "lightnvr_mqtt_barn";

    @RegisterExtension
    final TestBed bed = new TestBed();

    private HomeAssistant homeAssistant;

    @Test
    void noDeviceAndNoEntityIsLostOrTakenForAnother() {
        House house = new House(bed);
        Camera houseDoor = house.camera("door");
        SimulatedRecorder barn = bed.recorder();
        Camera barnDoor = Camera.of(barn, "door");
        homeAssistant = house.homeAssistant();
        house.startBridge();
        homeAssistant.awaitState(HOUSE_DOOR, "off");
        Map<String, String> before = entities();
        assertThat(house.bridge().terminate()).isZero();

        BridgeProcess several = BridgeProcess.run(
                bed,
                BridgeOptions.ofBroker(house.broker().port())
                        .recorder("house", house.recorder().url())
                        .recorder("barn", barn.url()));
        homeAssistant.awaitState(BARN_DOOR, "off");
        homeAssistant.awaitState(HOUSE_DOOR, "off");
        assertThat(entities()).containsAllEntriesOf(before).hasSize(2 * before.size());
        SeenDevice bridge = homeAssistant.registry().device(BARN + "_bridge");
        assertThat(bridge.name()).isEqualTo("LightNVR MQTT (barn)");
        assertThat(homeAssistant.registry().device(BARN + "_stream_door").viaId())
                .isEqualTo(bridge.id());
        barnDoor.awaitWatched().sees(House.PERSON);
        homeAssistant.awaitState(BARN_DOOR, "on");
        assertThat(homeAssistant.state(HOUSE_DOOR).state()).isEqualTo("off");
        Map<String, String> ofBoth = entities();
        assertThat(several.terminate()).isZero();

        house.startBridge();
        houseDoor.awaitWatched();
        homeAssistant.awaitState(HOUSE_DOOR, "off");
        assertThat(homeAssistant.state(BARN_DOOR).state()).isEqualTo("unavailable");
        assertThat(entities()).isEqualTo(ofBoth);
        assertThat(house.bridge().terminate()).isZero();

        assertThat(house.forget("--forget-recorder", "barn").exitStatus()).isZero();
        homeAssistant.awaitGone(BARN_DOOR);
        Eventually.isSo(
                "the end of the barn's devices",
                () -> homeAssistant.registry().devices().stream()
                        .noneMatch(device -> device.identifiers().toString().contains(BARN)));
        Eventually.isSo("what there was before", () -> entities().equals(before));
        homeAssistant.assertNoComplaints();
    }

    /** The ids of all entities, by their unique ids. */
    private Map<String, String> entities() {
        return homeAssistant.registry().entities().stream()
                .collect(Collectors.toMap(SeenEntity::uniqueId, SeenEntity::entityId));
    }
}
