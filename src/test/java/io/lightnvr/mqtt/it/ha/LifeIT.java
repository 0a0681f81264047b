package io.lightnvr.mqtt.it.ha;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.SimulatedStream;
import io.lightnvr.mqtt.demo.recorder.SimulatedZone;
import io.lightnvr.mqtt.it.Camera;
import io.lightnvr.mqtt.it.Eventually;
import io.lightnvr.mqtt.it.TestBed;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What Home Assistant shows while people come and go, and while programs end and start again. */
@Execution(ExecutionMode.CONCURRENT)
class LifeIT {

    private static final String PERSON = "binary_sensor.front_door_person";
    private static final String VEHICLE = "binary_sensor.front_door_vehicle";
    private static final String DETECTIONS = "sensor.front_door_detections";
    private static final String PERSONS = "sensor.front_door_person_count";
    private static final String EVENT = "event.front_door_detection";
    private static final String CONNECTION = "binary_sensor.front_door_connection";
    private static final String FRAMES = "/go2rtc/api/frame.jpeg";

    /** Longer than any test takes, in seconds. */
    private static final int LONG = 3_600;

    @RegisterExtension
    final TestBed bed = new TestBed();

    private House house;
    private Camera camera;
    private HomeAssistant homeAssistant;

    @BeforeEach
    void build() {
        house = new House(bed);
        camera = house.camera("front_door");
    }

    @Test
    void aPersonComesAndGoes() {
        begin();

        camera.sees(House.PERSON, House.PERSON, House.CAR);

        homeAssistant.awaitChange(PERSON, "on");
        homeAssistant.awaitChange(VEHICLE, "on");
        homeAssistant.awaitChange(DETECTIONS, "3");
        homeAssistant.awaitChange(PERSONS, "2");
        SeenState event = homeAssistant.awaitState(EVENT, "something", SeenState::isKnown);
        assertThat(event.attribute("event_type")).isEqualTo("person");
        assertThat(event.attributes().fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "event_types",
                        "event_type",
                        "label",
                        "confidence",
                        "zones",
                        "event_id",
                        "device_class",
                        "friendly_name");
        homeAssistant.awaitState(PERSON, "off");
        homeAssistant.awaitState(DETECTIONS, "0");
        homeAssistant.awaitState(PERSONS, "0");
        homeAssistant.assertNoComplaints();
    }

    @Test
    void aCarAloneIsNoPerson() {
        begin();

        camera.sees(House.CAR);

        homeAssistant.awaitChange(VEHICLE, "on");
        homeAssistant.awaitState(
                EVENT, "a vehicle", state -> state.attribute("event_type").equals("vehicle"));
        homeAssistant.awaitState(VEHICLE, "off");
        assertThat(homeAssistant
                        .events()
                        .all(event -> event.data().path("entity_id").asText().equals(PERSON)
                                && event.data().at("/new_state/state").asText().equals("on")))
                .isEmpty();
        homeAssistant.assertNoComplaints();
    }

    @Test
    void everythingIsRightWhenHomeAssistantIsRestartedDuringMotion() {
        begin(LONG);
        camera.sees(House.PERSON);
        homeAssistant.awaitState(PERSON, "on");
        SeenState fired = homeAssistant.awaitState(EVENT, "something", SeenState::isKnown);

        homeAssistant.restart();

        homeAssistant.awaitState(PERSON, "on");
        homeAssistant.awaitState(DETECTIONS, "1");
        homeAssistant.awaitState(EVENT, "what it was", state -> state.state().equals(fired.state()));
        Eventually.isSo("all entities of the stream to be known", () -> {
            List<SeenState> states = homeAssistant.states("front_door").stream()
                    .filter(state -> !state.entityId().startsWith("button."))
                    .toList();
            return states.size() >= 13 && states.stream().allMatch(SeenState::isKnown);
        });
        homeAssistant.assertNoComplaints();
    }

    @Test
    void nothingIsStuckWhenTheBridgeIsKilledDuringMotion() {
        begin();
        camera.sees(House.PERSON);
        homeAssistant.awaitChange(PERSON, "on");

        house.bridge().program().kill();
        homeAssistant.awaitState(PERSON, "unavailable");
        homeAssistant.awaitState("binary_sensor.lightnvr_mqtt_connection", "off");
        house.startBridge();

        homeAssistant.awaitState("binary_sensor.lightnvr_mqtt_connection", "on");
        homeAssistant.awaitState(PERSON, "off");
        homeAssistant.awaitState(DETECTIONS, "0");
        homeAssistant.assertNoComplaints();
    }

    @Test
    void aPersonIsStillThereAfterAShortKill() {
        begin(LONG);
        camera.sees(House.PERSON);
        homeAssistant.awaitState(PERSON, "on");

        house.bridge().program().kill();
        homeAssistant.awaitState(PERSON, "unavailable");
        house.startBridge();

        homeAssistant.awaitState(PERSON, "on");
        homeAssistant.assertNoComplaints();
    }

    @Test
    void everythingComesBackFromABrokerThatHasForgotten() {
        begin(LONG);
        camera.sees(House.PERSON);
        homeAssistant.awaitState(PERSON, "on");

        house.replaceBroker();

        homeAssistant.awaitChange(PERSON, "unavailable");
        homeAssistant.awaitState(PERSON, "on");
        homeAssistant.restart();
        homeAssistant.awaitState(PERSON, "on");
        homeAssistant.awaitState(DETECTIONS, "1");
        homeAssistant.assertNoComplaints();
    }

    @Test
    void aStreamThatIsDownIsUnavailableAndItsConnectionSaysSo() {
        begin();
        homeAssistant.awaitState(CONNECTION, "on");

        house.recorder().streams().set(camera.stream(), SimulatedStream.Condition.DOWN);

        House.awaitLists(
                "the stream to be down",
                () -> homeAssistant.state(CONNECTION).state().equals("off"));
        homeAssistant.awaitState(PERSON, "unavailable");
        assertThat(homeAssistant.state("binary_sensor.lightnvr_mqtt_connection").state())
                .isEqualTo("on");
        homeAssistant.assertNoComplaints();
    }

    @Test
    void aRecorderThatIsGoneMakesItsStreamsUnavailable() {
        begin();
        homeAssistant.awaitState(CONNECTION, "on");

        house.recorder().stopListening();

        homeAssistant.awaitState("binary_sensor.lightnvr_mqtt_recorder_connection", "off");
        homeAssistant.awaitState(PERSON, "unavailable");
        homeAssistant.awaitState(CONNECTION, "off");
        homeAssistant.assertNoComplaints();
    }

    @Test
    void itHearsABirthOnATopicOfItsOwn() {
        homeAssistant = house.homeAssistant(HomeAssistantOptions.standard().birthTopic("home/born"));
        house.options().homeAssistant("birth_topic", "home/born");
        house.startBridge();
        homeAssistant.awaitState(PERSON, "off");

        homeAssistant.restart();
        homeAssistant.awaitBirth();

        house.bridge().awaitLog("Home Assistant has started");
        homeAssistant.awaitState(PERSON, "off");
        homeAssistant.assertNoComplaints();
    }

    @Test
    void aDiscoveryPrefixMayBeAnother() {
        homeAssistant = house.homeAssistant(HomeAssistantOptions.standard().discoveryPrefix("found"));
        house.options().homeAssistant("discovery_prefix", "found");
        house.startBridge();

        homeAssistant.awaitState(PERSON, "off");
        homeAssistant.assertNoComplaints();
    }

    @Test
    void aPictureOfTheLastDetectionIsShown() {
        house.recorder().setPictures(true);
        house.options().homeAssistant("images", true);
        begin();
        String image = "image.front_door_picture";
        SeenState first = homeAssistant.awaitState(image, "a picture", SeenState::isKnown);

        camera.sees(House.PERSON);

        homeAssistant.awaitState(
                image,
                "a newer picture",
                state -> state.isKnown() && !state.state().equals(first.state()));
        assertThat(homeAssistant.picture(image)).startsWith(0xFF, 0xD8);
        homeAssistant.restart();
        homeAssistant.awaitState(image, "a picture", SeenState::isKnown);
        homeAssistant.assertNoComplaints();
    }

    @Test
    void aCameraShowsAStillEverySoOften() {
        house.recorder().setPictures(true);
        house.options().homeAssistant("snapshots", "10s");
        begin();
        String snapshot = "camera.front_door_snapshot";

        homeAssistant.awaitState(snapshot, "idle");
        assertThat(homeAssistant.awaitSnapshot(snapshot)).startsWith(0xFF, 0xD8);
        long fetched = house.recorder().requests().count(FRAMES);
        Eventually.isSo("another still", () -> house.recorder().requests().count(FRAMES) > fetched);
        homeAssistant.restart();
        homeAssistant.awaitState(snapshot, "idle");
        assertThat(homeAssistant.awaitSnapshot(snapshot)).startsWith(0xFF, 0xD8);
        assertThat(homeAssistant.find("image.front_door_picture")).isEmpty();

        house.options().homeAssistant("snapshots", "off");
        house.restartBridge();
        homeAssistant.awaitGone(snapshot);
        homeAssistant.assertNoComplaints();
    }

    @Test
    void aZoneShowsWhatIsInItForAsLongAsThatIsWanted() {
        String entrance = "binary_sensor.front_door_entrance";
        String person = entrance + "_person";
        house.recorder().streams().setZones(camera.stream(), SimulatedZone.rectangle("z1", "Entrance", 0, 0, 1, 1));
        house.options().homeAssistant("zone_groups", List.of("person"));
        begin();
        homeAssistant.awaitState(person, "off");

        camera.sees(House.CAR);
        homeAssistant.awaitChange(entrance, "on");
        camera.sees(House.PERSON);
        homeAssistant.awaitChange(person, "on");
        homeAssistant.awaitState(person, "off");
        homeAssistant.awaitState(entrance, "off");
        assertThat(homeAssistant.find(entrance + "_vehicle")).isEmpty();

        house.options().homeAssistant("zone_groups", List.of());
        house.restartBridge();
        homeAssistant.awaitGone(person);
        homeAssistant.awaitState(entrance, "off");
        homeAssistant.assertNoComplaints();
    }

    @Test
    void groupsAreThoseThatThePersonHasChosen() {
        house.options().homeAssistant("groups", List.of("pet: dog, cat", "person: person"));
        begin();

        camera.sees(House.DOG, House.PERSON);

        homeAssistant.awaitChange("binary_sensor.front_door_pet", "on");
        homeAssistant.awaitState(
                EVENT, "a pet", state -> state.attribute("event_type").equals("pet"));
        assertThat(homeAssistant.find(VEHICLE)).isEmpty();
        homeAssistant.assertNoComplaints();
    }

    private void begin(int clearAfter) {
        house.options().homeAssistant("clear_after", clearAfter);
        begin();
    }

    private void begin() {
        homeAssistant = house.homeAssistant();
        house.startBridge();
        homeAssistant.awaitState(PERSON, "off");
        homeAssistant.awaitState(CONNECTION, "on");
        camera.awaitWatched();
    }
}
