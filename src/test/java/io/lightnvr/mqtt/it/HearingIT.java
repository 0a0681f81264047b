package io.lightnvr.mqtt.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.Account;
import io.lightnvr.mqtt.demo.recorder.Generation;
import io.lightnvr.mqtt.demo.recorder.RecorderSetup;
import io.lightnvr.mqtt.demo.recorder.SimulatedEvents;
import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import io.lightnvr.mqtt.demo.recorder.SimulatedStream.Condition;
import io.lightnvr.mqtt.event.StreamName;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

    private static final SimulatedRow PERSON =
            new SimulatedRow("person", 0.92f, 0.25f, 0.3f, 0.15f, 0.45f).tracked(17, "gate");
    private static final SimulatedRow CAR = new SimulatedRow("car", 0.87f, 0.6f, 0.5f, 0.3f, 0.25f);
    private static final String DOOR = "lightnvr/detections/front_door";

    @RegisterExtension
    final TestBed bed = new TestBed();

    private Mosquitto broker;
    private SimulatedRecorder recorder;
    private SimulatedEvents events;
    private Camera camera;
    private Subscriber subscriber;

    @BeforeEach
    void startBroker() {
        broker = bed.broker();
        subscriber = Subscriber.start(bed, broker, "listener", "lightnvr/#");
    }

    @Test
    void publishesWhatIsHeardAndNotAgainWhatIsReadAfterwards() {
        record(today());
        run();
        camera.awaitWatched();
        recorder.faults().failCalls("/api/detection/results/");

        camera.sees(PERSON);
        Heard first = subscriber.await(DOOR);
        recorder.faults().clear();
        events.sayAgain(events.said().get(0));
        awaitPolls(2);
        camera.sees(CAR);
        List<Heard> both = subscriber.await(DOOR, 2);

        assertThat(first.payload()).contains("\"label\":\"person\"", "\"track_id\":\"17\"", "\"zone_id\":\"gate\"");
        assertThat(both.get(1).payload()).contains("\"count\":1", "\"label\":\"car\"");
        assertThat(both).extracting(one -> one.properties().get("sequence")).containsExactly("1", "2");
    }

    @Test
    void publishesWhatNoRouteLetsThroughWhenItIsRead() {
        record(today());
        events.setRoute(event -> false);
        run();
        camera.awaitWatched();

        camera.sees(PERSON);

        assertThat(subscriber.await(DOOR).payload()).contains("\"label\":\"person\"", "\"track_id\":\"\"");
    }

    @Test
    void readsAtOnceWhenTheOldTopicRings() {
        record(RecorderSetup.open().of(Generation.V0_37));
        events.setOldTopic(Duration.ofMillis(1));
        BridgeProcess bridge = run();
        camera.awaitWatched();
        bridge.awaitLog("Connected to the broker");
        broker.awaitSuback("lightnvr-mqtt");

        camera.sees(PERSON);

        assertThat(subscriber.await(DOOR).payload()).contains("\"label\":\"person\"");
    }

    @Test
    void worksWithoutALoginByHearingAlone() {
        record(today().withAccounts(Account.admin("anna", "secret", "")));
        BridgeProcess bridge = run();
        subscriber.await("lightnvr/availability/front_door", "online");

        camera.sees(PERSON);

        assertThat(subscriber.await(DOOR).payload()).contains("\"label\":\"person\"", "\"zone_id\":\"gate\"");
        subscriber.await(
                "a state with a person",
                message -> message.topic().equals("lightnvr/state/front_door")
                        && message.payload().contains("\"person\":\"ON\""));
        assertThat(subscriber.on("lightnvr/bridge/state"))
                .last()
                .satisfies(state -> assertThat(state.payload()).contains("\"recorder\":\"online\""));
        assertThat(recorder.requests().count("/api/auth/login")).isZero();
        assertThat(bridge.logged("show detections only to a login")).isLessThanOrEqualTo(1);
    }

    @Test
    void publishesWhatWasSaidWhileItWasDown() {
        record(today().withAccounts(Account.admin("anna", "secret", "")));
        BridgeProcess bridge = run();
        subscriber.await("lightnvr/availability/front_door", "online");
        bridge.terminate();

        camera.sees(PERSON);
        camera.sees(CAR);
        run();

        Eventually.isSo(
                "both are published",
                () -> List.of("person", "car").stream()
                        .allMatch(label -> events(label).size() == 1));
    }

    @Test
    void readsWhatABrokerThatForgetsTheSessionNeverTells() throws Exception {
        record(today());
        BridgeProcess bridge = run();
        camera.awaitWatched();
        broker.stop();
        bridge.awaitLog("not heard until the broker is back");

        recorder.rows().insert(camera.stream(), PERSON);
        Files.deleteIfExists(bed.folder().resolve("mosquitto-" + broker.port() + ".db"));
        recorder.faults().failCalls("/api/detection/results/");
        broker.start();
        broker.awaitSuback("listener");
        recorder.faults().clear();
        camera.sees(CAR);

        Eventually.isSo(
                "both are published",
                () -> List.of("person", "car").stream()
                        .allMatch(label -> events(label).size() == 1));
    }

    @Test
    void losesNothingAndInventsNothingWhenItIsKilledWhileItHears() {
        record(today());
        BridgeProcess bridge = run();
        camera.awaitWatched();

        List<String> labels = new ArrayList<>();
        for (int kill = 0; kill < 3; kill++) {
            for (int i = 0; i < 100; i++) {
                String label = "label" + labels.size();
                labels.add(label);
                camera.sees(new SimulatedRow(label, 0.5f, 0.25f, 0.3f, 0.15f, 0.45f));
            }
            bridge.program().kill();
            bridge = BridgeProcess.run(bed, options());
        }

        Eventually.isSo(
                "every label has come",
                () -> labels.stream().noneMatch(label -> events(label).isEmpty()));
        for (String label : labels) {
            assertThat(events(label)).as(label).hasSize(1);
        }
    }

    @Test
    void followsTheRecordersWordOnStreamsAndStorage() {
        record(today());
        run();
        subscriber.await("lightnvr/availability/front_door", "online");

        recorder.streams().set(camera.stream(), Condition.DOWN);
        events.sayCamera(camera.stream(), false);
        subscriber.await("lightnvr/availability/front_door", "offline");
        events.say("storage.pressure", "system/storage", "{\"level\":\"critical\"}");
        subscriber.await("lightnvr/bridge/storage", "critical");
    }

    @Test
    void followsACameraToItsNewName() {
        record(today());
        run();
        camera.awaitWatched();
        camera.sees(PERSON);
        subscriber.await(DOOR);

        StreamName porch = new StreamName("porch");
        recorder.rename(camera.stream(), porch);
        recorder.rows().insertFrame(porch, recorder.clock().second(), CAR);

        Heard car = subscriber.await("lightnvr/detections/porch");
        assertThat(car.payload()).contains("\"stream\":\"porch\"", "\"count\":1", "\"label\":\"car\"");
        assertThat(car.properties()).containsEntry("sequence", "2");
        subscriber.await("lightnvr/availability/porch", "online");
        subscriber.await("lightnvr/availability/front_door", "");
        subscriber.await("lightnvr/state/front_door", "");
    }

    @Test
    void tellsOfDetectionsThatTheRecorderDoesNotHave() {
        record(today());
        run();
        camera.awaitWatched();

        events.say(
                "detection.object",
                "camera/" + recorder.streams().uuid(camera.stream()),
                "{\"stream_name\":\"front_door\",\"count\":1,\"detections\":[{\"label\":\"ghost\",\"confidence\":0.9}]}");

        assertThat(subscriber.await(DOOR).payload()).contains("\"label\":\"ghost\"");
        subscriber.await(
                "a finding",
                message -> message.topic().equals("lightnvr/bridge/state")
                        && message.payload()
                                .contains("detections were heard that it does not have: 1 since the start"));
    }

    @Test
    void skipsWhatNoRecorderSays() {
        record(today());
        BridgeProcess bridge = run();
        camera.awaitWatched();

        events.sayGarbage(new byte[] {'{', (byte) 0xff});
        events.sayGarbage(new byte[100_000]);
        events.say("detection.object", "camera/x", "{\"stream_name\":\"front_door\",\"detections\":7}");
        camera.sees(PERSON);

        assertThat(subscriber.await(DOOR).payload()).contains("\"label\":\"person\"");
        bridge.awaitLog("is not one of the recorder's");
    }

    private void record(RecorderSetup setup) {
        recorder = bed.recorder(setup);
        camera = Camera.of(recorder, "front_door");
        events = PublishingRecorder.start(bed, recorder, broker.port());
    }

    private static RecorderSetup today() {
        return RecorderSetup.open().of(Generation.V0_47);
    }

    private BridgeProcess run() {
        BridgeProcess bridge = BridgeProcess.run(bed, options());
        broker.awaitSuback("lightnvr-mqtt-events");
        return bridge;
    }

    private void awaitPolls(int more) {
        String path = "/api/detection/results/" + camera.stream().raw();
        long until = recorder.requests().count(path) + more;
        Eventually.isSo("it polls again", () -> recorder.requests().count(path) >= until);
    }

    private BridgeOptions options() {
        return BridgeOptions.of(recorder, broker.port()).nvr("topic_prefix", PublishingRecorder.PREFIX);
    }

    /** The ids of the events that show a label. */
    private Set<String> events(String label) {
        return subscriber.on(DOOR).stream()
                .filter(one -> one.payload().contains("\"" + label + "\""))
                .map(one -> one.properties().get("event_id"))
                .collect(Collectors.toSet());
    }
}
