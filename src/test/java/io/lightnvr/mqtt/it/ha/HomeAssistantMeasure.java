package io.lightnvr.mqtt.it.ha;

import static io.lightnvr.mqtt.it.Measured.percentile;
import static io.lightnvr.mqtt.it.Measured.report;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.demo.recorder.SimulatedStream;
import io.lightnvr.mqtt.it.Camera;
import io.lightnvr.mqtt.it.Eventually;
import io.lightnvr.mqtt.it.Recording;
import io.lightnvr.mqtt.it.TestBed;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What the bridge costs Home Assistant. Not a part of the tests: {@code .ci/measure HomeAssistant} runs it. Times are those of
 * {@code mosquitto_sub}, of Home Assistant's own states, and of the recorder, all on one machine's clock.
 */
class HomeAssistantMeasure {

    private static final int CAMERAS = 10;
    private static final int ROUNDS = Integer.getInteger("homeassistant.rounds", 100);
    private static final int MANY = 256;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String EVENTS = "lightnvr/events/";
    private static final String DEVICES = "homeassistant/device/";

    @RegisterExtension
    final TestBed bed = new TestBed();

    @Test
    @Timeout(900)
    void events() {
        House house = new House(bed);
        List<Camera> cameras = IntStream.rangeClosed(1, CAMERAS)
                .mapToObj(number -> house.camera("camera_" + number))
                .toList();
        HomeAssistant homeAssistant = house.homeAssistant();
        house.options().homeAssistant("clear_after", 30);
        Recording recording = Recording.timed(bed, house.broker(), "clock", EVENTS + "#", EVENTS);
        house.startBridge();
        homeAssistant.awaitState("binary_sensor.camera_" + CAMERAS + "_connection", "on");
        cameras.forEach(Camera::awaitWatched);
        house.awaitRecorder(10);
        int changesBefore = changes(homeAssistant);
        int statesBefore = homeAssistant.history().rows("states");
        int attributesBefore = homeAssistant.history().rows("state_attributes");

        for (int round = 0; round < ROUNDS; round++) {
            cameras.forEach(camera -> camera.sees(House.PERSON));
            house.awaitRecorder(1);
        }
        recording.await(EVENTS, CAMERAS * ROUNDS, PATIENCE);
        house.awaitRecorder(5);

        tellLatencies(recording, homeAssistant);
        report(
                "%d events: %d state changes, %d rows of states, %d rows of attributes",
                CAMERAS * ROUNDS,
                changes(homeAssistant) - changesBefore,
                homeAssistant.history().rows("states") - statesBefore,
                homeAssistant.history().rows("state_attributes") - attributesBefore);
        homeAssistant.assertNoComplaints();
    }

    @Test
    @Timeout(900)
    void manyStreams() {
        House house = new House(bed);
        IntStream.range(1, MANY)
                .mapToObj(number -> SimulatedStream.running("camera %03d".formatted(number)))
                .forEach(house.recorder().streams()::add);
        Camera door = house.camera("front_door");
        HomeAssistant homeAssistant = house.homeAssistant();
        Recording devices = Recording.timed(bed, house.broker(), "devices", DEVICES + "#", DEVICES);
        Recording events = Recording.timed(bed, house.broker(), "events", EVENTS + "#", EVENTS);
        house.startBridge().awaitLog("Connected to the broker");
        double connected = now();

        devices.await(DEVICES, MANY + 1, PATIENCE);
        report("announcing %d streams and the bridge: %.2f s", MANY, last(devices) - connected);
        assertThat(Eventually.within(
                        PATIENCE, () -> homeAssistant.states("_person_count").size() == MANY))
                .isTrue();
        report("all of their entities in Home Assistant: %.1f s", now() - connected);

        house.awaitRecorder(10);
        house.bridge().log();
        door.awaitWatched();
        int told = devices.count(DEVICES);
        double pressed = now();
        homeAssistant.call("button.press", "button.lightnvr_mqtt_re_announce");
        double seen = now();
        door.sees(House.PERSON);
        events.await(EVENTS, 1, PATIENCE);
        devices.await(DEVICES, told + MANY + 1, PATIENCE);
        report(
                "announcing all again: %.2f s; a detection meanwhile, from the recorder to the subscriber: %.2f s",
                last(devices) - pressed, last(events) - seen);
        homeAssistant.assertNoComplaints();
    }

    private static void tellLatencies(Recording recording, HomeAssistant homeAssistant) {
        Map<String, Double> heard = new HashMap<>();
        for (String line : recording.lines()) {
            heard.put(Json.read(payload(line)).path("event_id").asText(), time(line));
        }
        List<Double> millis = new ArrayList<>();
        for (SeenEvent event : homeAssistant.events().all()) {
            JsonNode state = event.data().path("new_state");
            Double at = heard.get(state.at("/attributes/event_id").asText());
            if (event.type().equals("state_changed") && at != null) {
                millis.add(1_000 * (epochSeconds(state.path("last_updated").asText()) - at));
            }
        }
        List<Double> sorted = millis.stream().sorted().toList();
        report(
                "message at mosquitto_sub to the state of the event entity, %d events: p50 %.1f ms, p99 %.1f ms, max %.1f ms",
                sorted.size(), percentile(sorted, 50), percentile(sorted, 99), percentile(sorted, 100));
    }

    private static int changes(HomeAssistant homeAssistant) {
        return homeAssistant
                .events()
                .all(event -> event.type().equals("state_changed")
                        && event.data().path("entity_id").asText().matches(".*(camera_|lightnvr).*"))
                .size();
    }

    private static String payload(String line) {
        return line.substring(line.indexOf(' ') + 1, line.lastIndexOf(' '));
    }

    private static double time(String line) {
        return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
    }

    private static double last(Recording recording) {
        List<String> lines = recording.lines();
        return time(lines.get(lines.size() - 1));
    }

    private static double epochSeconds(String iso) {
        return seconds(OffsetDateTime.parse(iso).toInstant());
    }

    private static double now() {
        return seconds(Instant.now());
    }

    private static double seconds(Instant instant) {
        return instant.getEpochSecond() + instant.getNano() / 1e9;
    }
}
