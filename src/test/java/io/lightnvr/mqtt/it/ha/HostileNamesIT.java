package io.lightnvr.mqtt.it.ha;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import io.lightnvr.mqtt.demo.recorder.SimulatedZone;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.it.Arrivals;
import io.lightnvr.mqtt.it.BridgeProcess;
import io.lightnvr.mqtt.it.Camera;
import io.lightnvr.mqtt.it.Eventually;
import io.lightnvr.mqtt.it.TestBed;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Streams, zones and labels with names that would be markup, templates, commands or paths: text stays text. */
@Execution(ExecutionMode.CONCURRENT)
class HostileNamesIT {

    private static final String SAFE_TOPIC = "(lightnvr|homeassistant)(/[A-Za-z0-9_-]+)+";
    private static final String NOT_IN_A_LINE = ".*[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}].*";
    private static final int LONGEST_LABEL = 31;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Each is the name of a stream, of a zone and of a label. */
    private static final List<String> NAMES = List.of(
            "<img src=x onerror=\"alert(1)\">",
            "{{ 7 * 7 }}",
            "{% if true %}yes{% endif %}{# no #}",
            "\u001b[2J\u001b]0;x\u0007line\r\nbreak",
            "\u202egnp.exe\u200f",
            "+/#",
            "$SYS/broker",
            "{\"a\":\"{\\\"b\\\":[]}\"}",
            "' or \"1\" --;`id`$(id)",
            "=HYPERLINK(\"http://x\")",
            "__proto__",
            "../../etc/passwd",
            "x".repeat(255),
            "cam.1",
            "cam 1",
            "cam_1");

    @RegisterExtension
    final TestBed bed = new TestBed();

    private House house;
    private HomeAssistant homeAssistant;
    private BridgeProcess bridge;
    private final Map<String, Camera> cameras = new LinkedHashMap<>();

    @Test
    void textStaysText() throws IOException {
        begin();

        Registry registry = homeAssistant.registry();
        for (String name : NAMES) {
            Eventually.isSo("the device of " + name, () -> hasDevice(registry, name));
            SeenDevice device = device(registry, name);
            assertThat(device.name()).as(name).isEqualTo(shown(name));
            Eventually.isSo("the zone of " + name, () -> names(registry, device).contains(shown(zone(name))));
            homeAssistant.awaitState(entity(registry, device, shown(zone(name))), "off");
        }
        cameras.forEach((name, camera) -> camera.awaitWatched().sees(SimulatedRow.wholePicture(label(name), 0.9f)));

        for (String name : NAMES) {
            SeenDevice device = device(registry, name);
            homeAssistant.awaitState(
                    entity(registry, device, "Detection"),
                    "the label and the zone of " + name,
                    state -> state.attribute("label").equals(label(name))
                            && state.attributes().path("zones").path(0).asText().equals(zone(name)));
        }
        awaitPublished();
        assertThat(registry.devices()).extracting(SeenDevice::name).doesNotContain("49", "yes");
        assertThat(bridge.log().all()).noneMatch(line -> line.matches(NOT_IN_A_LINE));
        homeAssistant.assertNoComplaints();
        assertCheckPrintsLines();
    }

    private void begin() {
        house = new House(bed);
        house.options().mqtt("retain", true).with("home_assistant", "clear_after", 60);
        for (String name : NAMES) {
            Camera camera = house.camera(name);
            house.recorder().streams().setZones(camera.stream(), SimulatedZone.rectangle("z", zone(name), 0, 0, 1, 1));
            cameras.put(name, camera);
        }
        homeAssistant = house.homeAssistant();
        bridge = house.startBridge();
    }

    /** Each event is kept on its topic; two names with one documented topic share that alone. */
    private void awaitPublished() throws IOException {
        Map<String, String> kept = house.retained();
        assertThat(kept.keySet()).allMatch(topic -> topic.matches(SAFE_TOPIC) || topic.startsWith("test/"));
        List<String> keys =
                NAMES.stream().map(name -> new StreamName(name).key()).toList();
        assertThat(keys).doesNotHaveDuplicates();
        for (String name : NAMES) {
            StreamName stream = new StreamName(name);
            JsonNode state = JSON.readTree(kept.get("lightnvr/state/" + stream.key()));
            assertThat(state.path("labels").path(label(name)).asInt()).as(name).isEqualTo(1);
            assertThat(state.path("zones").path(zone(name)).asText()).as(name).isEqualTo("ON");
            JsonNode event = JSON.readTree(kept.get("lightnvr/detections/" + stream.slug()));
            String said = event.path("stream").asText();
            assertThat(new StreamName(said).slug()).isEqualTo(stream.slug());
            assertThat(event.at("/detections/0/label").asText()).isEqualTo(label(said));
            assertThat(event.at("/detections/0/zone_id").asText()).isEqualTo(zone(said));
        }
    }

    private void assertCheckPrintsLines() {
        BridgeProcess check = BridgeProcess.start(
                bed, "check", "--config", house.options().write(bed).toString());
        check.program().exitStatus(Arrivals.PATIENCE);
        assertThat(check.program().output().all())
                .isNotEmpty()
                .noneMatch(line -> line.matches(NOT_IN_A_LINE))
                .allMatch(line -> line.matches("(ok|warning|failed) .*|[^ ].*"));
    }

    private static boolean hasDevice(Registry registry, String name) {
        return registry.devices().stream()
                .anyMatch(device -> device.identifiers().contains(identifier(name)));
    }

    private static SeenDevice device(Registry registry, String name) {
        return registry.device(identifier(name));
    }

    private static String identifier(String name) {
        return "lightnvr_mqtt_stream_" + new StreamName(name).key();
    }

    private static List<String> names(Registry registry, SeenDevice device) {
        return registry.entitiesOf(device).stream().map(SeenEntity::name).toList();
    }

    private static String entity(Registry registry, SeenDevice device, String name) {
        return registry.entitiesOf(device).stream()
                .filter(entity -> entity.name().equals(name))
                .findFirst()
                .orElseThrow()
                .entityId();
    }

    /** The zone of a stream has the name of the next stream, since Home Assistant shows both in a row. */
    private static String zone(String stream) {
        return NAMES.get((NAMES.indexOf(stream) + 1) % NAMES.size());
    }

    /** The recorder keeps 31 bytes of a label. */
    private static String label(String name) {
        return name.substring(0, Math.min(name.length(), LONGEST_LABEL));
    }

    /** Names in Home Assistant have one line. */
    private static String shown(String name) {
        return name.replaceAll("\\p{Cc}", "?");
    }
}
