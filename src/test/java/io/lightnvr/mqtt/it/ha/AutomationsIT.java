package io.lightnvr.mqtt.it.ha;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.lightnvr.mqtt.demo.recorder.SimulatedZone;
import io.lightnvr.mqtt.documents.Document;
import io.lightnvr.mqtt.it.Camera;
import io.lightnvr.mqtt.it.Eventually;
import io.lightnvr.mqtt.it.TestBed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What people build on the entities and on the documented topic. */
@Execution(ExecutionMode.CONCURRENT)
class AutomationsIT {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final String PERSON = "binary_sensor.front_door_person";
    private static final String EVENT = "event.front_door_detection";
    private static final String TOPIC = "lightnvr/detections/front_door";

    /** As Home Assistant's own editor makes it of "when an event is received". */
    private static final Map<String, ?> EVENT_FIRES =
            Map.of("trigger", "state", "entity_id", EVENT, "not_from", "unavailable", "not_to", "unavailable");

    private static final String HEADING = "### Home Assistant";

    @RegisterExtension
    final TestBed bed = new TestBed();

    private House house;
    private Camera camera;

    @BeforeEach
    void build() {
        house = new House(bed);
        camera = house.camera("front_door");
    }

    @Test
    void eachRunsOncePerEvent() {
        HomeAssistant homeAssistant = house.homeAssistant();
        house.startBridge();
        homeAssistant.awaitState(PERSON, "off");
        homeAssistant.awaitState(EVENT, "there", SeenState::isAvailable);
        Automations automations = homeAssistant.automations();
        automations.add("on the event", EVENT_FIRES);
        automations.add("on the trigger", personTrigger(homeAssistant));
        automations.add("on the topic", Map.of("trigger", "mqtt", "topic", TOPIC));
        awaitSubscription();
        camera.awaitWatched();

        for (int events = 1; events <= 3; events++) {
            camera.sees(House.PERSON);
            automations.awaitRuns("on the event", events);
            automations.awaitRuns("on the trigger", events);
            automations.awaitRuns("on the topic", events);
        }
        camera.sees(House.CAR);

        automations.awaitRuns("on the topic", 4);
        automations.awaitRuns("on the event", 4);
        assertThat(automations.runs("on the trigger")).as("a car is no person").isEqualTo(3);
        assertThat(automations.runs("on the event")).isEqualTo(4);
        assertThat(automations.runs("on the topic")).isEqualTo(4);
        homeAssistant.assertNoComplaints();
    }

    /** The triggers that Home Assistant's editor offers for a purpose. */
    @Test
    void triggersForAPurposeRunOncePerVisitAndAlsoInAZone() {
        house.recorder().streams().setZones(camera.stream(), SimulatedZone.rectangle("z1", "Entrance", 0, 0, 1, 1));
        house.options().homeAssistant("zone_groups", List.of("person"));
        HomeAssistant homeAssistant = house.homeAssistant();
        house.startBridge();
        homeAssistant.awaitState(PERSON, "off");
        homeAssistant.awaitState("binary_sensor.front_door_entrance_person", "off");
        homeAssistant.awaitState("event.front_door_visit", "unknown");
        Map<String, Map<String, ?>> triggers = new LinkedHashMap<>();
        triggers.put("a visit", purpose("event.received", "event.front_door_visit", Map.of("event_type", "person")));
        triggers.put("an event", purpose("event.received", EVENT, Map.of("event_type", "person")));
        triggers.put("the end", purpose("event.received", "event.front_door_visit", Map.of("event_type", "ended")));
        triggers.put("somebody", purpose("occupancy.detected", PERSON, Map.of()));
        triggers.put("nobody", purpose("occupancy.cleared", PERSON, Map.of()));
        triggers.put(
                "in the zone", purpose("occupancy.detected", "binary_sensor.front_door_entrance_person", Map.of()));
        Automations automations = homeAssistant.automations();
        triggers.forEach(automations::add);
        camera.awaitWatched();

        camera.sees(House.PERSON);
        automations.awaitRuns("an event", 1);
        camera.sees(House.PERSON, House.CAR);
        automations.awaitRuns("an event", 2);

        triggers.keySet().stream()
                .filter(name -> !name.equals("an event"))
                .forEach(name -> automations.awaitRuns(name, 1));
        camera.expectAnotherBridge();
        house.restartBridge();
        camera.awaitWatched();
        camera.sees(House.PERSON);
        automations.awaitRuns("an event", 3);
        triggers.keySet().stream()
                .filter(name -> !name.equals("an event"))
                .forEach(name -> automations.awaitRuns(name, 2));
        triggers.keySet()
                .forEach(
                        name -> assertThat(automations.runs(name)).as(name).isEqualTo(name.equals("an event") ? 3 : 2));
        homeAssistant.assertNoComplaints();
    }

    private static Map<String, ?> purpose(String trigger, String entityId, Map<String, ?> options) {
        return Map.of("trigger", trigger, "target", Map.of("entity_id", entityId), "options", options);
    }

    @Test
    void whatWasHeldBackFiresNothing() {
        HomeAssistant homeAssistant = house.homeAssistant();
        house.startBridge();
        homeAssistant.awaitState(PERSON, "off");
        homeAssistant.awaitState(EVENT, "there", SeenState::isAvailable);
        Automations automations = homeAssistant.automations();
        automations.add("on the event", EVENT_FIRES);
        automations.add("on the trigger", personTrigger(homeAssistant));
        automations.add("on the topic", Map.of("trigger", "mqtt", "topic", TOPIC));
        awaitSubscription();
        camera.awaitWatched();
        house.bridge().program().kill();
        house.awaitRecorder(1);
        camera.sees(House.PERSON);
        house.awaitRecorder(16); // what is found later than that comes late, and later than it would count

        house.startBridge();

        automations.awaitRuns("on the topic", 1);
        camera.sees(House.PERSON);
        automations.awaitRuns("on the topic", 2);
        automations.awaitRuns("on the trigger", 1);
        automations.awaitRuns("on the event", 1);
        assertThat(automations.runs("on the trigger")).isEqualTo(1);
        assertThat(automations.runs("on the event")).isEqualTo(1);
        homeAssistant.assertNoComplaints();
    }

    @Test
    void retainedEventsFireNothingAgain() {
        house.options().mqtt("retain", true);
        HomeAssistant homeAssistant = house.homeAssistant();
        house.startBridge();
        homeAssistant.awaitState(PERSON, "off");
        homeAssistant.awaitState(EVENT, "there", SeenState::isAvailable);
        homeAssistant.automations().add("on the event", EVENT_FIRES);
        homeAssistant.automations().add("on the trigger", personTrigger(homeAssistant));
        camera.awaitWatched().sees(House.PERSON);
        homeAssistant.automations().awaitRuns("on the event", 1);
        SeenState fired = homeAssistant.awaitState(EVENT, "something", SeenState::isKnown);

        homeAssistant.restart();
        homeAssistant.awaitBirth();
        homeAssistant.awaitState(PERSON, "off");

        homeAssistant.awaitState(EVENT, "what it was", state -> state.state().equals(fired.state()));
        assertThat(homeAssistant.automations().runs("on the trigger")).isEqualTo(1);
        homeAssistant.assertNoComplaints();
    }

    @Test
    void whatTheDocumentationTellsToWriteWorks() throws IOException {
        Map<String, Object> documented = yaml(Document.ofTheRecorder().code(HEADING, "yaml"));
        HomeAssistant homeAssistant =
                house.homeAssistant(HomeAssistantOptions.standard().mqttYaml(Json.write(entities(documented))));
        homeAssistant.automations().addWhole("Notify on Person Detection", documentedAutomation());
        house.startBridge();
        homeAssistant.awaitState(PERSON, "off");
        awaitSubscription();

        camera.awaitWatched().sees(House.CAR);
        SeenState car = homeAssistant.awaitState("sensor.front_door_detections", "1");
        assertThat(car.attribute("stream")).isEqualTo("front_door");
        homeAssistant.awaitState("binary_sensor.person_at_front_door", "off");
        camera.sees(House.PERSON, House.CAR);

        homeAssistant.awaitState("sensor.front_door_detections", "2"); // ours is the one with _2
        homeAssistant.awaitState("binary_sensor.person_at_front_door", "on");
        homeAssistant.automations().awaitRuns("Notify on Person Detection", 1);
        assertThat(homeAssistant.automations().runs("Notify on Person Detection"))
                .isEqualTo(1);
    }

    /** An automation on a topic hears nothing before Home Assistant has subscribed to that. */
    private void awaitSubscription() {
        house.broker().log().await("the automation's subscription", line -> line.endsWith(" " + TOPIC));
    }

    private static Map<String, ?> personTrigger(HomeAssistant homeAssistant) {
        Registry registry = homeAssistant.registry();
        SeenDevice door = registry.device("lightnvr_mqtt_stream_front_door");
        Eventually.isSo("the triggers", () -> registry.triggers(door).size() == 4);
        Map<String, Object> trigger = new LinkedHashMap<>(registry.triggers(door).stream()
                .filter(any -> any.get("subtype").equals("person"))
                .findFirst()
                .orElseThrow());
        trigger.remove("metadata");
        trigger.put("trigger", trigger.remove("platform"));
        return trigger;
    }

    /** As Home Assistant takes them today: all of MQTT stands below {@code mqtt}. */
    @SuppressWarnings("unchecked")
    private static List<Map<String, ?>> entities(Map<String, Object> documented) {
        List<Map<String, ?>> entities = new ArrayList<>();
        ((Map<String, List<Map<String, ?>>>) documented.get("mqtt"))
                .forEach((platform, all) -> all.forEach(one -> entities.add(Map.of(platform, one))));
        for (Map<String, Object> sensor : (List<Map<String, Object>>) documented.get("binary_sensor")) {
            assertThat(sensor.remove("platform")).isEqualTo("mqtt");
            entities.add(Map.of("binary_sensor", sensor));
        }
        return entities;
    }

    /** Without the notification, for which a telephone would be needed. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> documentedAutomation() throws IOException {
        Map<String, Object> documented = yaml(Document.ofTheRecorder().code("**Example automation:**", "yaml"));
        Map<String, Object> automation = ((List<Map<String, Object>>) documented.get("automation")).get(0);
        automation.put("action", List.of());
        return automation;
    }

    private static Map<String, Object> yaml(String text) throws IOException {
        return YAML.readValue(text, new TypeReference<>() {});
    }
}
