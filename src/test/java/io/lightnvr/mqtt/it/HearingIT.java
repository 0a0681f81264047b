package io.lightnvr.mqtt.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.broker.BrokerSettings;
import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.OneShotConnection;
import io.lightnvr.mqtt.broker.Qos;
import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.broker.paho.PahoBroker;
import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What the recorder publishes by itself is heard at once, and once, beside what is read. */
@Execution(ExecutionMode.CONCURRENT)
class HearingIT {

    private static final SimulatedRow PERSON = new SimulatedRow("person", 0.92f, 0.25f, 0.3f, 0.15f, 0.45f);
    private static final SimulatedRow CAR = new SimulatedRow("car", 0.87f, 0.6f, 0.5f, 0.3f, 0.25f);
    private static final String DOOR = "lightnvr/detections/front_door";
    private static final String EVENTS = "camera-broker/v1/events/io.lightnvr.detection.object.v1/2222";

    @RegisterExtension
    final TestBed bed = new TestBed();

    private Mosquitto broker;
    private OneShotConnection recorderLine;

    @BeforeEach
    void startBroker() throws Exception {
        broker = bed.broker();
        recorderLine = bed.own(OneShotConnection.connect(
                new PahoBroker(),
                new BrokerSettings(
                        "localhost",
                        broker.port(),
                        "recorder",
                        Optional.empty(),
                        Duration.ofSeconds(60),
                        Optional.empty(),
                        Optional.empty())));
    }

    @Test
    void publishesWhatIsHeardAndNotAgainWhatIsReadAfterwards() throws Exception {
        SimulatedRecorder recorder = bed.recorder();
        Camera camera = Camera.of(recorder, "front_door");
        Subscriber subscriber = Subscriber.start(bed, broker, "listener", "lightnvr/detections/#");
        BridgeProcess.run(bed, options(recorder));
        camera.awaitWatched();
        awaitListening();

        long heard = recorder.clock().second();
        publish(event("1", heard, detection(PERSON, 17)));
        Heard first = subscriber.await(DOOR);
        recorder.rows().insertFrame(camera.stream(), heard, PERSON);
        publish(event("1", heard, detection(PERSON, 17)));
        camera.sawAgo(0, CAR);
        List<Heard> both = subscriber.await(DOOR, 2);

        assertThat(first.payload()).contains("\"label\":\"person\"", "\"track_id\":\"17\"", "\"zone_id\":\"gate\"");
        assertThat(both.get(1).payload()).contains("\"count\":1", "\"label\":\"car\"");
        assertThat(both).extracting(one -> one.properties().get("sequence")).containsExactly("1", "2");
    }

    @Test
    void publishesWhatWasSaidWhileItWasDown() throws Exception {
        SimulatedRecorder recorder = bed.recorder();
        Camera camera = Camera.of(recorder, "front_door");
        Subscriber subscriber = Subscriber.start(bed, broker, "listener", "lightnvr/detections/#");
        BridgeProcess bridge = BridgeProcess.run(bed, options(recorder));
        camera.awaitWatched();
        awaitListening();
        bridge.terminate();
        recorder.stopListening();
        long second = recorder.clock().second();
        publish(event("1", second, detection(PERSON, 1)));
        publish(event("2", second, detection(CAR, 2)));

        BridgeProcess.run(bed, options(recorder));

        Eventually.isSo(
                "both are published",
                () -> List.of("person", "car").stream()
                        .allMatch(label -> events(subscriber, label).size() == 1));
    }

    @Test
    void losesNothingAndInventsNothingWhenItIsKilledWhileItHears() throws Exception {
        SimulatedRecorder recorder = bed.recorder();
        Camera camera = Camera.of(recorder, "front_door");
        Subscriber subscriber = Subscriber.start(bed, broker, "listener", "lightnvr/detections/#");
        BridgeProcess bridge = BridgeProcess.run(bed, options(recorder));
        camera.awaitWatched();
        awaitListening();

        List<String> labels = new ArrayList<>();
        for (int kill = 0; kill < 3; kill++) {
            for (int i = 0; i < 100; i++) {
                String label = "label" + labels.size();
                labels.add(label);
                SimulatedRow row = new SimulatedRow(label, 0.5f, 0.25f, 0.3f, 0.15f, 0.45f);
                long second = recorder.clock().second();
                recorder.rows().insertFrame(camera.stream(), second, row);
                publish(event(label, second, detection(row, i)));
            }
            bridge.program().kill();
            bridge = BridgeProcess.run(bed, options(recorder));
        }

        Eventually.isSo(
                "every label has come",
                () -> labels.stream()
                        .allMatch(label -> !events(subscriber, label).isEmpty()));
        for (String label : labels) {
            assertThat(events(subscriber, label)).as(label).hasSize(1);
        }
    }

    /** The ids of the events that show a label. */
    private static Set<String> events(Subscriber subscriber, String label) {
        return subscriber.on(DOOR).stream()
                .filter(one -> one.payload().contains("\"" + label + "\""))
                .map(one -> one.properties().get("event_id"))
                .collect(Collectors.toSet());
    }

    private BridgeOptions options(SimulatedRecorder recorder) {
        return BridgeOptions.of(recorder, broker.port()).nvr("topic_prefix", "camera-broker");
    }

    private void awaitListening() {
        broker.awaitSuback("lightnvr-mqtt-events");
    }

    private void publish(String event) throws Exception {
        byte[] json = event.getBytes(StandardCharsets.UTF_8);
        recorderLine.publish(
                Message.json(new Topic(EVENTS), json, Qos.AT_LEAST_ONCE, false, Map.of(), Optional.empty()));
    }

    private static String event(String id, long second, String detection) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + id
                + "\",\"type\":\"io.lightnvr.detection.object.v1\",\"source\":\"urn:x\","
                + "\"time\":\"" + Instant.ofEpochSecond(second)
                + "\",\"data\":{\"stream_name\":\"front_door\",\"count\":1,"
                + "\"detections\":[" + detection + "]}}";
    }

    private static String detection(SimulatedRow row, int track) {
        return String.format(
                Locale.ROOT,
                "{\"label\":\"%s\",\"confidence\":%.17f,\"x\":%.17f,\"y\":%.17f,\"width\":%.17f,\"height\":%.17f,"
                        + "\"track_id\":%d,\"zone_id\":\"gate\"}",
                row.label(),
                row.confidence(),
                row.x(),
                row.y(),
                row.width(),
                row.height(),
                track);
    }
}
