package io.lightnvr.mqtt.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.Account;
import io.lightnvr.mqtt.demo.recorder.Account.Role;
import io.lightnvr.mqtt.demo.recorder.Generation;
import io.lightnvr.mqtt.demo.recorder.RecorderSetup;
import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import io.lightnvr.mqtt.demo.recorder.SimulatedZone;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A recorder of the second generation, where each call wants a right, and which publishes nothing. */
@Execution(ExecutionMode.CONCURRENT)
class RecorderRightsIT {

    private static final SimulatedRow PERSON = SimulatedRow.wholePicture("person", 0.9f);

    @RegisterExtension
    final TestBed bed = new TestBed();

    private SimulatedRecorder recorder;
    private Camera door;
    private Camera yard;
    private Mosquitto broker;
    private Subscriber subscriber;

    @BeforeEach
    void guardARecorder() {
        recorder = bed.recorder(RecorderSetup.open()
                .of(Generation.V0_47)
                .withAccounts(
                        Account.admin("root", "secret", "rootkey"),
                        new Account("anna", "secret", "viewerkey", Role.VIEWER)));
        door = Camera.of(recorder, "front_door");
        yard = Camera.of(recorder, "yard");
        recorder.streams().setZones(door.stream(), SimulatedZone.rectangle("z1", "everywhere", 0, 0, 1, 1));
        broker = bed.broker();
        subscriber = Subscriber.start(bed, broker, "listener", "lightnvr/#");
    }

    @Test
    void saysThatALoginIsNeededAndAsksForDetectionsNoMore() {
        BridgeProcess bridge = BridgeProcess.run(bed, BridgeOptions.of(recorder, broker.port()));

        bridge.awaitLog("show detections only to a login");
        awaitFinding("LightNVR 0.39 and later show detections only to a login: make a user with the role Viewer");
        Eventually.isSo("both streams were asked for", () -> questions(door) > 0 && questions(yard) > 0);
        subscriber.await("lightnvr/availability/yard", "online");
        long asked = questions(door) + questions(yard);
        Eventually.staysSo(
                "nobody asks again", Duration.ofSeconds(3), () -> questions(door) + questions(yard) == asked);
        assertThat(bridge.logged("show detections only to a login")).isEqualTo(1);
    }

    @Test
    void aViewerSeesDetectionsWithoutZonesAndIsToldWhy() {
        BridgeProcess bridge = run("viewerkey");
        door.awaitWatched().sees(PERSON);

        assertThat(subscriber.await("lightnvr/detections/front_door").payload()).contains("\"zone_id\":\"\"");
        bridge.awaitLog("role User");
        awaitFinding("role User");
    }

    @Test
    void removesNothingWhenTheRightsOfTheLoginShrink() {
        BridgeProcess bridge = run("viewerkey");
        yard.awaitWatched();
        subscriber.await("lightnvr/availability/yard", "online");
        long before = recorder.requests().count("/api/streams");

        recorder.setScope("anna", Set.of(door.stream()));
        Eventually.isSo("it lists twice", () -> recorder.requests().count("/api/streams") >= before + 3);
        door.sees(PERSON);

        subscriber.await("lightnvr/detections/front_door");
        assertThat(bridge.logText()).doesNotContain("removing its device");
        assertThat(subscriber.on("homeassistant/device/lightnvr_mqtt_stream_yard/config"))
                .noneMatch(message -> message.payload().isEmpty());
        assertThat(subscriber.on("lightnvr/state/yard"))
                .noneMatch(message -> message.payload().isEmpty());
    }

    @Test
    void saysThatAKeyHasExpired() {
        BridgeProcess bridge = run("viewerkey");
        door.awaitWatched().sees(PERSON);
        subscriber.await("lightnvr/detections/front_door");

        recorder.expireKey("anna");

        bridge.awaitLog("expired");
        awaitFinding("expired");
    }

    private long questions(Camera camera) {
        return recorder.requests()
                .count("/api/detection/results/" + camera.stream().raw());
    }

    private BridgeProcess run(String apiKey) {
        return BridgeProcess.run(bed, BridgeOptions.of(recorder, broker.port()).nvr("api_key", apiKey));
    }

    private void awaitFinding(String text) {
        subscriber.await(
                "a finding",
                message -> message.topic().equals("lightnvr/bridge/state")
                        && message.payload().contains("\"findings\":[{")
                        && message.payload().contains(text));
    }
}
