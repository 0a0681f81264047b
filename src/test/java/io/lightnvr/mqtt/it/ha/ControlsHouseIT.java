package io.lightnvr.mqtt.it.ha;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.documents.RecipeFile;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.it.Eventually;
import io.lightnvr.mqtt.it.TestBed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The recorder told what to do, by a real Home Assistant. */
@Execution(ExecutionMode.CONCURRENT)
class ControlsHouseIT {

    private static final StreamName DOOR = new StreamName("front_door");
    private static final String DETECTION = "switch.front_door_detection";
    private static final String PRESET = "select.front_door_ptz_preset";

    @RegisterExtension
    final TestBed bed = new TestBed();

    private House house;

    @BeforeEach
    void build() {
        house = new House(bed);
        house.camera("front_door");
        house.options().with("nvr", "controls", true);
    }

    @Test
    void eachDeviceHasWhatItsStreamCanAndIsNeverStuck() throws IOException {
        house.recorder().streams().change(DOOR, settings -> settings.turningTo("Gate", "Path"));
        HomeAssistant homeAssistant = house.homeAssistant();
        house.startBridge();
        homeAssistant.awaitState(DETECTION, "on");
        homeAssistant.awaitState("switch.front_door_recording", "off");
        homeAssistant.awaitState("switch.front_door_privacy", "off");
        homeAssistant.awaitState("switch.front_door_manual_recording", "off");
        homeAssistant.awaitState("button.front_door_trigger", "unknown");
        homeAssistant.awaitState("button.front_door_ptz_home", "unknown");
        homeAssistant.awaitState(PRESET, "unknown");

        homeAssistant.call("switch.turn_off", DETECTION);
        homeAssistant.awaitState(DETECTION, "off");
        assertThat(house.recorder().streams().settings(DOOR).detects()).isFalse();
        homeAssistant.call("switch.turn_on", "switch.front_door_manual_recording");
        homeAssistant.awaitState("switch.front_door_manual_recording", "on");
        homeAssistant.call("select.select_option", Map.of("entity_id", PRESET, "option", "Path"));
        homeAssistant.awaitState(PRESET, "Path");
        homeAssistant.call("button.press", "button.front_door_ptz_home");
        homeAssistant.awaitState(PRESET, "unknown");
        assertThat(house.recorder().place(DOOR)).contains("home");
        homeAssistant.call("button.press", "button.front_door_trigger");
        homeAssistant.awaitState(
                "event.front_door_detection",
                "the trigger",
                state -> state.attribute("event_type").equals("motion"));

        homeAssistant.call("switch.turn_on", "switch.front_door_privacy");
        homeAssistant.awaitState("switch.front_door_privacy", "on");
        homeAssistant.awaitState("binary_sensor.front_door_person", "unavailable");
        homeAssistant.call("switch.turn_off", "switch.front_door_privacy");
        homeAssistant.awaitState("switch.front_door_privacy", "off");

        house.recorder().stopListening();
        homeAssistant.awaitState(DETECTION, "unavailable");
        homeAssistant.awaitState(PRESET, "unavailable");
        house.recorder().listenAgain();
        homeAssistant.awaitState(DETECTION, "off");

        house.options().with("nvr", "controls", false);
        house.restartBridge();
        homeAssistant.awaitGone(DETECTION);
        homeAssistant.awaitGone(PRESET);
        Eventually.isSo(
                "nothing is kept of them",
                () -> house.retained().keySet().stream().noneMatch(topic -> topic.startsWith("lightnvr/control/")));
        homeAssistant.assertNoComplaints();
    }

    @Test
    void camerasIndoorsDetectNothingWhileSomebodyIsHome() throws IOException {
        house.retain("telephones/anna", "not_home");
        Map<String, ?> tracker = Map.of("name", "anna", "state_topic", "telephones/anna");
        HomeAssistant homeAssistant = house.homeAssistant(HomeAssistantOptions.standard()
                .mqttYaml(Json.write(List.of(Map.of("device_tracker", tracker))))
                .yaml("person: [{id: anna, name: Anna, device_trackers: [device_tracker.anna]}]\n"));
        house.startBridge();
        homeAssistant.awaitState("person.anna", "not_home");
        homeAssistant.awaitState(DETECTION, "on");
        Path blueprints =
                Files.createDirectories(homeAssistant.folder().resolve("blueprints/automation/lightnvr_mqtt"));
        Files.copy(RecipeFile.BLUEPRINT_INDOORS.path(), blueprints.resolve(RecipeFile.BLUEPRINT_INDOORS.fileName()));
        homeAssistant
                .automations()
                .addWhole(
                        "indoors",
                        Recipes.use(
                                "lightnvr_mqtt/" + RecipeFile.BLUEPRINT_INDOORS.fileName(),
                                Map.of(
                                        "switches",
                                        List.of(DETECTION),
                                        "persons",
                                        List.of("person.anna"),
                                        "away",
                                        Map.of("seconds", 1))));

        house.retain("telephones/anna", "home");
        homeAssistant.awaitState(DETECTION, "off");
        assertThat(house.recorder().looksAt(DOOR)).isFalse();
        house.retain("telephones/anna", "None");
        homeAssistant.awaitState("person.anna", "unknown");
        house.retain("telephones/anna", "not_home");
        homeAssistant.awaitState(DETECTION, "on");
        assertThat(house.recorder().looksAt(DOOR)).isTrue();

        house.recorder().stopListening();
        homeAssistant.awaitState(DETECTION, "unavailable");
        house.retain("telephones/anna", "home");
        homeAssistant.awaitState("person.anna", "home");
        house.recorder().listenAgain();
        homeAssistant.awaitState(DETECTION, "off");
        homeAssistant.assertNoComplaints();
    }
}
