package io.lightnvr.mqtt.it.ha;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.it.Camera;
import io.lightnvr.mqtt.it.TestBed;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Visits and their alerts in a real Home Assistant. */
class VisitsHouseIT {

    private static final String VISIT = "event.front_door_visit";
    private static final String LAST_VISIT = "sensor.front_door_last_visit";
    private static final String ALERTS = "switch.front_door_alerts";
    private static final String PAUSE = "number.front_door_alert_pause";
    private static final String SNOOZE = "button.front_door_snooze_alerts";

    @RegisterExtension
    final TestBed bed = new TestBed();

    private House house;
    private Camera camera;
    private HomeAssistant homeAssistant;

    @BeforeEach
    void begin() {
        house = new House(bed);
        camera = house.camera("front_door");
        house.options().with("nvr", "public_url", "http://nvr.example:8080");
        homeAssistant = house.homeAssistant();
        house.startBridge();
        homeAssistant.awaitState(VISIT, "unknown");
        camera.awaitWatched();
    }

    @Test
    void aVisitFiresOnceForEachTypeAndAtItsEnd() {
        camera.sees(House.CAR);
        await("vehicle");
        camera.sees(House.CAR, House.PERSON);
        await("person");
        camera.sees(House.PERSON);
        SeenState end = await("ended");

        assertThat(end.attribute("label")).isEqualTo("person");
        assertThat(end.attribute("page")).startsWith("http://nvr.example:8080/timeline.html?stream=front_door&date=");
        assertThat(end.attributes().has("x")).isFalse();
        assertThat(fired()).containsExactly("vehicle", "person", "ended");
        assertThat(homeAssistant.state(LAST_VISIT).isKnown()).isTrue();
        assertThat(homeAssistant.registry().device("lightnvr_mqtt_stream_front_door"))
                .isNotNull();
        homeAssistant.assertNoComplaints();
    }

    @Test
    void alertsAreSwitchedSnoozedAndPausedAndStaySoOverARestart() {
        homeAssistant.awaitState(ALERTS, "on");
        homeAssistant.awaitState(PAUSE, "0");

        homeAssistant.call("number.set_value", Map.of("entity_id", PAUSE, "value", 7));
        homeAssistant.awaitState(PAUSE, "7");
        homeAssistant.call("switch.turn_off", ALERTS);
        homeAssistant.awaitState(ALERTS, "off");
        homeAssistant.call("switch.turn_on", ALERTS);
        homeAssistant.awaitState(ALERTS, "on");
        homeAssistant.call("button.press", SNOOZE);
        homeAssistant.awaitState(ALERTS, "off");

        camera.expectAnotherBridge();
        house.restartBridge();
        camera.awaitWatched();
        homeAssistant.awaitState(ALERTS, "off");
        homeAssistant.awaitState(PAUSE, "7");
        camera.sees(House.PERSON);
        await("person");
        homeAssistant.assertNoComplaints();
    }

    @Test
    void thePurposeOfAVisitTriggersAnAutomation() {
        homeAssistant
                .automations()
                .add(
                        "somebody visits",
                        Map.of("trigger", "state", "entity_id", VISIT, "attribute", "event_type", "to", "person"));

        camera.sees(House.PERSON);

        homeAssistant.automations().awaitRuns("somebody visits", 1);
    }

    private SeenState await(String type) {
        return homeAssistant.awaitState(
                VISIT,
                "a visit: " + type,
                state -> state.attribute("event_type").equals(type));
    }

    /** The types in the order in which they fired. */
    private List<String> fired() {
        return homeAssistant.events().all().stream()
                .filter(event -> event.type().equals("state_changed"))
                .map(event -> event.data().path("new_state"))
                .filter(state -> state.path("entity_id").asText().equals(VISIT))
                .filter(state -> state.path("attributes").has("event_type")
                        && !state.path("attributes").path("event_type").isNull())
                .filter(state -> !state.path("state").asText().equals("unavailable"))
                .map(state -> state.path("attributes").path("event_type").asText())
                .toList();
    }
}
