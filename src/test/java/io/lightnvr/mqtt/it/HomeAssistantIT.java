package io.lightnvr.mqtt.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import io.lightnvr.mqtt.demo.recorder.SimulatedStream;
import io.lightnvr.mqtt.demo.recorder.SimulatedZone;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What Home Assistant finds on the broker, and when. */
@Execution(ExecutionMode.CONCURRENT)
class HomeAssistantIT {

    /** So late may an event be and still count, in seconds: a busy machine keeps that. */
    private static final int CLEAR_AFTER = 10;

    private static final String STATE = "lightnvr/state/front_door";
    private static final String BRIDGE_DEVICE = "homeassistant/device/lightnvr_mqtt_bridge/config";
    private static final String STREAM_DEVICE = "homeassistant/device/lightnvr_mqtt_stream_front_door/config";

    @RegisterExtension
    final TestBed bed = new TestBed();

    private SimulatedRecorder recorder;
    private Camera camera;
    private Mosquitto broker;
    private Subscriber subscriber;

    @BeforeEach
    void watchARecorder() {
        recorder = bed.recorder();
        camera = Camera.of(recorder, "front_door");
        recorder.streams().setZones(camera.stream(), SimulatedZone.rectangle("z1", "entrance", 0, 0, 1, 1));
        broker = bed.broker();
        subscriber = Subscriber.start(bed, broker, "listener", "#");
    }

    @Test
    void findsEverythingRetained() {
        run();

        List<String> topics = List.of(
                BRIDGE_DEVICE,
                STREAM_DEVICE,
                STATE,
                "lightnvr/availability",
                "lightnvr/availability/front_door",
                "lightnvr/bridge/state");
        topics.forEach(subscriber::await);
        Subscriber late = Subscriber.start(bed, broker, "late", "#");
        assertThat(topics)
                .allSatisfy(topic -> assertThat(late.await(topic).retained()).isTrue());
        assertThat(topicsOf(subscriber)).containsSubsequence(BRIDGE_DEVICE, STREAM_DEVICE);
        assertThat(topicsOf(subscriber)).containsSubsequence("lightnvr/availability/front_door", STREAM_DEVICE);
    }

    @Test
    void announcesEntitiesThatReadTopicsThatAreThere() {
        run();

        JsonNode device = subscriber.await(STREAM_DEVICE).json();
        JsonNode bridge = subscriber.await(BRIDGE_DEVICE).json();
        assertThat(device.at("/device/name").asText()).isEqualTo("front_door");
        assertThat(bridge.at("/device/identifiers").toString())
                .contains(device.at("/device/via_device").asText());
        assertThat(device.findValuesAsText("name")).contains("Detections", "Person");
        for (JsonNode part : device.path("components")) {
            String topic = part.path("state_topic").asText();
            if (!topic.isEmpty() && !topic.startsWith("lightnvr/events/") && !topic.startsWith("lightnvr/visits/")) {
                assertThat(subscriber.await(topic).retained()).isTrue();
            }
        }
    }

    @Test
    void showsWhatIsThereAndForgetsItAfterAWhile() {
        run();
        String nothing = """
                {"count":0,"labels":{},"groups":{"person":"OFF","vehicle":"OFF","animal":"OFF","package":"OFF"},\
                "person":"OFF","zones":{"entrance":"OFF"},"last_label":"","last_detection":null}""";
        subscriber.await(STATE, nothing);

        long second = camera.awaitWatched()
                .sees(SimulatedRow.wholePicture("person", 0.9f), SimulatedRow.wholePicture("car", 0.8f));

        String last = "\"last_label\":\"person\",\"last_detection\":\"" + Instant.ofEpochSecond(second) + "\"}";
        subscriber.await(STATE, """
                {"count":2,"labels":{"person":1,"car":1},\
                "groups":{"person":"ON","vehicle":"ON","animal":"OFF","package":"OFF"},\
                "person":"ON","zones":{"entrance":"ON"},""" + last);
        subscriber.await(STATE, """
                {"count":0,"labels":{},"groups":{"person":"OFF","vehicle":"OFF","animal":"OFF","package":"OFF"},\
                "person":"OFF","zones":{"entrance":"OFF"},""" + last);
    }

    @Test
    void hearsEverythingAgainAfterItsBirth() {
        run();
        camera.awaitWatched().sees(SimulatedRow.wholePicture("person", 0.9f));
        subscriber.await(BRIDGE_DEVICE);
        subscriber.await(STREAM_DEVICE);
        subscriber.await(
                "the person gone",
                message -> message.topic().equals(STATE)
                        && message.payload().contains("\"count\":0")
                        && message.payload().contains("\"last_label\":\"person\""));
        int before = subscriber.all().size();

        publish("homeassistant/status", "online");

        Eventually.isSo(
                "all of it again",
                () -> topicsOf(subscriber).stream()
                        .skip(before)
                        .toList()
                        .containsAll(List.of(BRIDGE_DEVICE, STREAM_DEVICE, STATE)));
        assertThat(subscriber.on(STREAM_DEVICE)).containsOnly(subscriber.await(STREAM_DEVICE));
        assertThat(topicsOf(subscriber).stream().skip(before)).containsSubsequence(BRIDGE_DEVICE, STREAM_DEVICE);
        assertThat(subscriber.on("lightnvr/detections/front_door")).hasSize(1);
    }

    @Test
    void isToldWhenAStreamIsDown() {
        run();
        subscriber.await("lightnvr/availability/front_door", "online");

        recorder.streams().set(camera.stream(), SimulatedStream.Condition.DOWN);

        Heard offline = subscriber.await("lightnvr/availability/front_door", "offline");
        assertThat(offline.retained()).isTrue();
        assertThat(subscriber.await("lightnvr/availability").payload()).isEqualTo("online");
    }

    @Test
    void isToldWhenTheRecorderIsGone() {
        run();
        subscriber.await("lightnvr/availability/front_door", "online");

        recorder.stopListening();

        subscriber.await("lightnvr/availability/front_door", "offline");
        subscriber.await(
                "the recorder offline",
                message -> message.topic().equals("lightnvr/bridge/state")
                        && message.json().path("recorder").asText().equals("offline"));
    }

    @Test
    void isLeftInPeaceWhereDiscoveryIsOff() {
        BridgeProcess.run(bed, options().homeAssistant("discovery", false));

        camera.awaitWatched().sees(SimulatedRow.wholePicture("person", 0.9f));
        subscriber.await("lightnvr/detections/front_door");
        assertThat(topicsOf(subscriber)).noneMatch(topic -> topic.startsWith("homeassistant/"));
    }

    private void run() {
        BridgeProcess.run(bed, options());
    }

    private BridgeOptions options() {
        return BridgeOptions.of(recorder, broker.port()).homeAssistant("clear_after", CLEAR_AFTER);
    }

    private void publish(String topic, String payload) {
        List<String> command =
                List.of("mosquitto_pub", "-h", "localhost", "-p", "" + broker.port(), "-t", topic, "-m", payload);
        assertThat(bed.program("mosquitto_pub", Map.of(), command).exitStatus(Arrivals.PATIENCE))
                .isZero();
    }

    private static List<String> topicsOf(Subscriber subscriber) {
        return subscriber.all().stream().map(Heard::topic).toList();
    }
}
