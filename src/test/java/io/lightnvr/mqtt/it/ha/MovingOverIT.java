package io.lightnvr.mqtt.it.ha;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.documents.Example;
import io.lightnvr.mqtt.it.Arrivals;
import io.lightnvr.mqtt.it.Camera;
import io.lightnvr.mqtt.it.Eventually;
import io.lightnvr.mqtt.it.Program;
import io.lightnvr.mqtt.it.TestBed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The commands of {@code docs/recipes/moving-over.md}, run as they stand there, at a broker that keeps what LightNVR's own
 * publisher has left: the bytes that were captured of it.
 */
@Execution(ExecutionMode.CONCURRENT)
class MovingOverIT {

    private static final String AVAILABILITY = "lightnvr/availability";
    private static final String OLD_EVENT = "lightnvr/detections/Back_Yard";
    private static final String OLD_MOTION = "binary_sensor.lightnvr_front_door_motion";
    private static final String PERSON = "binary_sensor.front_door_person";

    /** All that the bridge has the broker keep, where events are retained. */
    private static final Set<String> OURS = Set.of(
            AVAILABILITY,
            "lightnvr/alerts/front_door",
            "lightnvr/alerts/front_door/pause",
            "lightnvr/availability/front_door",
            "lightnvr/bridge/announced",
            "lightnvr/bridge/state",
            "lightnvr/detections/front_door",
            "lightnvr/state/front_door",
            "lightnvr/visits/front_door/last",
            "homeassistant/device/lightnvr_mqtt_bridge/config",
            "homeassistant/device/lightnvr_mqtt_stream_front_door/config");

    @RegisterExtension
    final TestBed bed = new TestBed();

    private House house;
    private Camera camera;

    @BeforeEach
    void letTheOtherPublisherLeaveItsThings() {
        house = new House(bed);
        camera = house.camera("front_door");
        captured().lines().map(line -> line.split(" ", 2)).forEach(line -> house.retain(line[0], line[1]));
        house.retain(
                OLD_EVENT,
                "{\"stream\":\"Back Yard\",\"timestamp\":1795352249,\"count\":1,\"detections\":[{\"label\":\"dog\","
                        + "\"confidence\":0.61000001430511475,\"x\":0,\"y\":0,\"width\":1,\"height\":1,\"track_id\":0}]}");
    }

    @Test
    void whatIsLeftIsClearedAndOurOwnIsNot() {
        house.options()
                .mqtt("retain", true)
                .homeAssistant(
                        "groups",
                        Map.of("person", List.of("person"), "anything", List.of("person", "car", "dog", "motion")));
        HomeAssistant homeAssistant = house.homeAssistant();
        house.startBridge();
        homeAssistant.awaitState(PERSON, "off");
        awaitTheOldEntities(homeAssistant);
        Registry registry = homeAssistant.registry();
        SeenDevice old = registry.device("lightnvr");
        Eventually.isSo("its entities", () -> registry.entitiesOf(old).size() >= 9);
        assertThat(registry.entitiesOf(old))
                .extracting(SeenEntity::uniqueId)
                .contains("lightnvr_front_door_motion", "lightnvr_front_door_detection_count")
                .contains("lightnvr_garage-1_motion", "lightnvr_Back_Yard_camera")
                .hasSize(9);
        camera.awaitWatched().sees(House.CAR);
        homeAssistant.awaitChange("binary_sensor.front_door_anything", "on");
        Eventually.isSo("all that is ours", () -> house.retained().keySet().containsAll(OURS));

        // The page gives the broker three seconds, which a busy machine may not keep.
        Eventually.isSo("ours alone", () -> {
            run(Example.CLEAR_WHAT_IS_LEFT.text());
            run(Example.CLEAR_KEPT_EVENTS.text());
            return house.retained().keySet().equals(OURS);
        });
        Eventually.isSo(
                "the end of the old device",
                () -> registry.devices().stream()
                        .noneMatch(device -> device.identifiers().contains("lightnvr")));
        homeAssistant.awaitGone(OLD_MOTION);
        Eventually.isSo(
                "the end of its entities",
                () -> registry.entities().stream()
                        .map(SeenEntity::uniqueId)
                        .noneMatch(id -> id.startsWith("lightnvr_") && !id.startsWith("lightnvr_mqtt_")));
        homeAssistant.assertNoComplaints();
        takeOverTheOldId(homeAssistant);
    }

    @Test
    void itsAvailabilityIsClearedWhereOursIsElsewhere() {
        house.options().mqtt("topic_prefix", "home");
        house.startBridge();
        camera.awaitWatched();
        Eventually.isSo(
                "our availability", () -> "online".equals(house.retained().get("home/availability")));
        assertThat(house.retained()).containsEntry(AVAILABILITY, "online");

        run(Example.CLEAR_ITS_AVAILABILITY.text());

        assertThat(house.retained()).doesNotContainKey(AVAILABILITY).containsEntry("home/availability", "online");
    }

    /**
     * Home Assistant loses an {@code online} that comes while it makes the entity: it takes it for known, and shows the entity as
     * unavailable. A change shows it then, or a start.
     */
    private void awaitTheOldEntities(HomeAssistant homeAssistant) {
        if (isTheOldSensorThere(homeAssistant)) {
            return;
        }
        house.retain(AVAILABILITY, "offline");
        house.retain(AVAILABILITY, "online");
        Eventually.isSo("the old sensor is there", () -> {
            boolean isThere = isTheOldSensorThere(homeAssistant);
            if (!isThere) {
                homeAssistant.restart();
            }
            return isThere;
        });
    }

    private static boolean isTheOldSensorThere(HomeAssistant homeAssistant) {
        return Eventually.within(
                Duration.ofSeconds(5),
                () -> homeAssistant
                        .find(OLD_MOTION)
                        .filter(motion -> motion.state().equals("unknown"))
                        .isPresent());
    }

    /** What named the old sensor works on with the new one, as the page tells; Home Assistant warns of its history then. */
    private void takeOverTheOldId(HomeAssistant homeAssistant) {
        homeAssistant
                .automations()
                .add("as before", Map.of("trigger", "state", "entity_id", OLD_MOTION, "from", "off", "to", "on"));
        homeAssistant.registry().rename(PERSON, OLD_MOTION);
        homeAssistant.awaitState(OLD_MOTION, "off");

        camera.sees(House.PERSON);

        homeAssistant.automations().awaitRuns("as before", 1);
    }

    /** Runs commands of the page to the letter; the port stands where the page says that a password may stand. */
    private void run(String commands) {
        Path settings = bed.folder().resolve("settings");
        try {
            Files.createDirectories(settings);
            for (String program : List.of("mosquitto_sub", "mosquitto_pub")) {
                Files.writeString(
                        settings.resolve(program), "-p " + house.broker().port() + "\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Program shell =
                bed.program("commands", Map.of("XDG_CONFIG_HOME", settings.toString()), List.of("sh", "-ec", commands));
        assertThat(shell.exitStatus(Arrivals.PATIENCE))
                .as(() -> shell.errors().all().toString())
                .isZero();
    }

    private static String captured() {
        try (InputStream in = MovingOverIT.class.getResourceAsStream("recorder-retained.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
