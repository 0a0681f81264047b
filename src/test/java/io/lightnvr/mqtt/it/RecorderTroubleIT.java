package io.lightnvr.mqtt.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.SimulatedPublisher;
import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What recorders do beside answering well. */
@Execution(ExecutionMode.CONCURRENT)
class RecorderTroubleIT {

    private static final String EVENTS = "lightnvr/detections/front_door";
    private static final SimulatedRow PERSON = new SimulatedRow("person", 0.9f, 0.1f, 0.1f, 0.2f, 0.2f);
    private static final SimulatedRow CAT = new SimulatedRow("cat", 0.8f, 0.5f, 0.5f, 0.1f, 0.1f);
    private static final SimulatedRow DOG = new SimulatedRow("dog", 0.7f, 0.5f, 0.5f, 0.1f, 0.1f);

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
        broker = bed.broker();
        subscriber = Subscriber.start(bed, broker, "listener", "lightnvr/#");
    }

    @Test
    void waitsForARecorderThatIsAwayAtTheStart() throws IOException {
        recorder.stopListening();
        BridgeProcess bridge = run();
        subscriber.await("lightnvr/availability", "online");
        bridge.log().await("what is wrong", line -> line.contains(" WARN ") && line.contains("recorder"));

        recorder.listenAgain();

        camera.awaitWatched().sees(PERSON);
        subscriber.await(EVENTS);
        subscriber.await("lightnvr/availability/front_door", "online");
    }

    @Test
    void catchesUpWithWhatHappenedWhileTheRecorderWasAway() throws IOException {
        BridgeProcess bridge = run();
        camera.awaitWatched().sees(PERSON);
        subscriber.await(EVENTS);
        recorder.stopListening();
        bridge.awaitLog("trying again");
        camera.sawAgo(2, CAT);
        camera.sees(DOG);

        recorder.listenAgain();

        assertThat(labelsOf(subscriber.await(EVENTS, 3))).containsExactly("person", "cat", "dog");
        bridge.awaitLog("answers again");
    }

    @Test
    void livesOnErrorsAndWebPagesInsteadOfAnswers() {
        BridgeProcess bridge = run();
        camera.awaitWatched().sees(PERSON);
        subscriber.await(EVENTS);

        recorder.faults().failCalls("/api/detection/results/");
        String error = bridge.awaitLog(" with 500");
        recorder.faults().clear();
        bridge.awaitLog("answers again");
        recorder.faults().answerCallsWithHtml("/api/detection/results/");
        camera.sees(CAT);
        bridge.log().await("a second complaint", 2, RecorderTroubleIT::isAboutTheResults);
        long asked = camera.questions();
        Eventually.isSo("two more attempts", () -> camera.questions() >= asked + 2);
        recorder.faults().clear();

        subscriber.await(EVENTS, 2);
        assertThat(error).doesNotContain("Internal server error");
        assertThat(bridge.log().all(RecorderTroubleIT::isAboutTheResults)).hasSize(2);
        assertThat(bridge.logText()).doesNotContain("<html>").doesNotContain("\tat ");
        assertThat(bridge.program().isAlive()).isTrue();
    }

    @Test
    void followsStreamsThatComeAndGo() {
        BridgeProcess bridge = run();
        camera.awaitWatched();
        subscriber.await("lightnvr/availability/front_door", "online");

        Camera added = Camera.of(recorder, "added");
        recorder.streams().delete(camera.stream());

        added.awaitWatched().sees(PERSON);
        subscriber.await("lightnvr/detections/added");
        subscriber.await("lightnvr/availability/added", "online");
        subscriber.await("lightnvr/availability/front_door", "offline");
        assertThat(bridge.program().isAlive()).isTrue();
    }

    @Test
    void sendsRowsThatComeLate() {
        run();
        camera.awaitWatched().sees(PERSON);
        subscriber.await(EVENTS);

        long second = camera.sawAgo(20, CAT);

        Heard late = subscriber.await(EVENTS, 2).get(1);
        assertThat(late.json().path("timestamp").asLong()).isEqualTo(second);
        assertThat(late.sequence()).isEqualTo(2);
    }

    @Test
    void isNotMisledWhenARowComesBetweenTheRecordersTwoQueries() {
        run();
        camera.awaitWatched();
        long first = camera.sawAgo(9, PERSON);
        subscriber.await(EVENTS);

        long second = camera.sawAgo(6, CAT);
        long[] third = new long[1];
        recorder.faults().raceOnce(camera.stream(), () -> third[0] = camera.sawAgo(3, DOG));

        List<Heard> events = subscriber.await(EVENTS, 3);
        assertThat(labelsOf(events)).containsExactlyInAnyOrder("person", "cat", "dog");
        assertThat(events)
                .extracting(event -> event.json().path("timestamp").asLong())
                .containsExactlyInAnyOrder(first, second, third[0]);
        camera.sees(PERSON);
        assertThat(subscriber.await(EVENTS, 4)).hasSize(4);
    }

    @Test
    void warnsOnceThatTheRecorderPublishesToo() {
        recorder.setNativePublisher(
                new SimulatedPublisher(true, "localhost", broker.port(), "lightnvr", "lightnvr", false));

        BridgeProcess bridge = run();

        assertThat(bridge.log().await("a warning", line -> line.contains(" WARN ") && line.contains("both")))
                .contains("lightnvr");
        camera.awaitWatched().sees(PERSON);
        subscriber.await(EVENTS);
        assertThat(bridge.logged("both")).isEqualTo(1);
    }

    @Test
    void leavesItsIdToTheRecordersOwnPublisher() {
        recorder.setNativePublisher(
                new SimulatedPublisher(true, "localhost", broker.port(), "lightnvr-mqtt", "elsewhere", false));

        BridgeProcess bridge = run();

        broker.awaitClient("lightnvr-mqtt-bridge");
        bridge.awaitLog("lightnvr-mqtt-bridge");
    }

    private BridgeProcess run() {
        return BridgeProcess.run(bed, BridgeOptions.of(recorder, broker.port()));
    }

    private static boolean isAboutTheResults(String line) {
        return line.contains("/api/detection/results/") && line.contains("trying again");
    }

    private static List<String> labelsOf(List<Heard> events) {
        return events.stream()
                .map(event -> event.json().at("/detections/0/label").asText())
                .toList();
    }
}
