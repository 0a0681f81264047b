package io.lightnvr.mqtt.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.Account;
import io.lightnvr.mqtt.demo.recorder.Account.Role;
import io.lightnvr.mqtt.demo.recorder.Generation;
import io.lightnvr.mqtt.demo.recorder.RecorderSetup;
import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import io.lightnvr.mqtt.event.StreamName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Commands to the recorder, through a real broker. */
class ControlsIT {

    private static final StreamName DOOR = new StreamName("front_door");
    private static final String CONTROL = "lightnvr/control/front_door";
    private static final String TRIGGER = "lightnvr/trigger/front_door";
    private static final String DETECTIONS = "lightnvr/detections/front_door";
    private static final String BEGIN = "{\"available\":[\"detection\",\"recording\",\"privacy\",\"manual_recording\","
            + "\"trigger\"],\"detection\":\"ON\",\"recording\":\"OFF\",\"privacy\":\"OFF\",\"manual_recording\":\"OFF\"}";

    @RegisterExtension
    private final TestBed bed = new TestBed();

    private SimulatedRecorder recorder;
    private Camera camera;
    private Mosquitto broker;
    private Subscriber subscriber;
    private BridgeOptions options;

    @BeforeEach
    void start() {
        recorder = bed.recorder(RecorderSetup.open()
                .of(Generation.V0_47)
                .withAccounts(
                        new Account("anna", "secret", "viewerkey", Role.VIEWER),
                        new Account("ben", "secret", "userkey", Role.USER)));
        camera = Camera.of(recorder, "front_door");
        broker = bed.broker();
        subscriber = Subscriber.start(bed, broker, "listener", "lightnvr/#");
        options = BridgeOptions.of(recorder, broker.port())
                .nvr("api_key", "userkey")
                .nvr("controls", true)
                .homeAssistant("clear_after", 3);
    }

    @Test
    void aSwitchShowsWhatTheRecorderHasDone() {
        BridgeProcess.run(bed, options);
        awaitControls(BEGIN);

        say(CONTROL + "/detection/set", "OFF");
        awaitControls(BEGIN.replace("\"detection\":\"ON\"", "\"detection\":\"OFF\""));
        assertThat(recorder.streams().settings(DOOR).detects()).isFalse();
        say(CONTROL + "/recording/set", "ON");
        say(CONTROL + "/privacy/set", "ON");
        Eventually.isSo(
                "all is done, in this order",
                () -> recorder.streams().settings(DOOR).isPrivate());

        assertThat(recorder.streams().settings(DOOR).records()).isTrue();
    }

    @Test
    void showsWhatWasChangedAtTheRecorder() {
        BridgeProcess.run(bed, options);
        awaitControls(BEGIN);

        recorder.streams().change(DOOR, settings -> settings.detecting(false));

        awaitControls(BEGIN.replace("\"detection\":\"ON\"", "\"detection\":\"OFF\""));
    }

    @Test
    void aTriggerComesBackOnce() {
        BridgeProcess.run(bed, options);
        camera.awaitWatched();
        awaitControls(BEGIN);

        say(TRIGGER, "{\"action\":\"pulse\",\"objects\":[{\"label\":\"person\",\"confidence\":0.82}]}");
        assertThat(subscriber.await(DETECTIONS).payload()).contains("\"label\":\"person\",\"confidence\":0.82");
        say(TRIGGER, "{\"action\":\"pulse\",\"objects\":[\"car\"]}");
        subscriber.await(DETECTIONS, 2);

        assertThat(subscriber.on(DETECTIONS)).hasSize(2);
    }

    @Test
    void aTriggerThatIsHeardAndReadComesOnce() {
        PublishingRecorder.start(bed, recorder, broker.port());
        BridgeProcess.run(bed, options.nvr("topic_prefix", PublishingRecorder.PREFIX));
        camera.awaitWatched();
        awaitControls(BEGIN);

        for (int events = 1; events <= 3; events++) {
            say(TRIGGER, "{\"action\":\"pulse\",\"objects\":[\"person\"]}");
            subscriber.await(DETECTIONS, events);
        }

        assertThat(subscriber.on(DETECTIONS))
                .extracting(event -> event.properties().get("sequence"))
                .containsExactly("1", "2", "3");
    }

    @Test
    void commandsToARecorderThatHangsHoldUpNothing() {
        PublishingRecorder.start(bed, recorder, broker.port());
        BridgeProcess bridge = BridgeProcess.run(bed, options.nvr("topic_prefix", PublishingRecorder.PREFIX));
        camera.awaitWatched();
        awaitControls(BEGIN);
        recorder.faults().delayAnswers(Duration.ofHours(1));

        for (int i = 0; i < 5; i++) {
            say(CONTROL + "/detection/set", "OFF");
        }
        camera.sees(SimulatedRow.wholePicture("car", 0.9f));

        assertThat(subscriber.await(DETECTIONS).payload()).contains("car");
        bridge.awaitLog("Detection off of front_door: ");
        awaitControls("{\"available\":[]}");
        assertThat(bridge.terminate()).isZero();
    }

    @Test
    void turnsTheCamera() {
        recorder.streams().change(DOOR, settings -> settings.turningTo("Gate", "Path"));
        BridgeProcess.run(bed, options);
        Eventually.isSo("it can be turned", () -> newest().contains("\"ptz_preset\":null"));

        say(CONTROL + "/ptz_preset/set", "Path");
        Eventually.isSo("it was turned", () -> newest().contains("\"ptz_preset\":\"Path\""));
        assertThat(recorder.place(DOOR)).contains("2");
        say(CONTROL + "/ptz_home/set", "PRESS");
        Eventually.isSo("it is back", () -> newest().contains("\"ptz_preset\":null"));

        assertThat(recorder.place(DOOR)).contains("home");
    }

    @Test
    void carriesOutNothingThatTheBrokerKept() {
        say(CONTROL + "/detection/set", "OFF", "-r");
        BridgeProcess bridge = BridgeProcess.run(bed, options);
        awaitControls(BEGIN);
        bridge.awaitLog("it is retained, so that it would be carried out again at each start");
        bridge.program().kill();
        say(CONTROL + "/recording/set", "ON", "-q", "1");

        int before = subscriber.on(CONTROL).size();

        BridgeProcess.run(bed, options);
        Eventually.isSo("it listens again", () -> subscriber.on(CONTROL).size() > before);
        awaitControls(BEGIN);
        say(CONTROL + "/manual_recording/set", "ON", "-q", "1");
        Eventually.isSo("a new command is carried out", () -> recorder.isRecordedByHand(DOOR));

        assertThat(recorder.streams().settings(DOOR).detects()).isTrue();
        assertThat(recorder.streams().settings(DOOR).records()).isFalse();
    }

    @Test
    void aViewerControlsNothing() {
        BridgeProcess.run(bed, options.nvr("api_key", "viewerkey"));
        camera.awaitWatched();
        awaitControls("{\"available\":[]}");

        say(CONTROL + "/detection/set", "OFF");
        Eventually.isSo(
                "the refusal is told",
                () -> subscriber.on("lightnvr/bridge/state").stream()
                        .anyMatch(state -> state.payload().contains("(403); The API key needs the role User")));

        assertThat(recorder.streams().settings(DOOR).detects()).isTrue();
    }

    @Test
    void nothingIsThereWithoutTheOption() {
        BridgeProcess.run(bed, options.nvr("controls", false));
        camera.awaitWatched();

        say(CONTROL + "/detection/set", "OFF");
        say(TRIGGER, "{\"action\":\"pulse\",\"objects\":[\"person\"]}");
        camera.sees(SimulatedRow.wholePicture("car", 0.9f));
        subscriber.await(DETECTIONS);

        assertThat(subscriber.on(DETECTIONS))
                .singleElement()
                .satisfies(event -> assertThat(event.payload()).contains("car"));
        assertThat(subscriber.on(CONTROL)).isEmpty();
        assertThat(recorder.streams().settings(DOOR).detects()).isTrue();
    }

    private void awaitControls(String json) {
        Eventually.isSo("the controls are " + json, () -> newest().equals(json));
    }

    private String newest() {
        List<Heard> heard = subscriber.on(CONTROL);
        return heard.isEmpty() ? "" : heard.get(heard.size() - 1).payload();
    }

    private void say(String topic, String payload, String... more) {
        List<String> command = new ArrayList<>(
                List.of("mosquitto_pub", "-V", "5", "-p", Integer.toString(broker.port()), "-t", topic, "-m", payload));
        command.addAll(List.of(more));
        assertThat(bed.program("mosquitto_pub", Map.of(), command).exitStatus(Arrivals.PATIENCE))
                .isZero();
    }
}
