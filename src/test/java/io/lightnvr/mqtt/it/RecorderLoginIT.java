package io.lightnvr.mqtt.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.Account;
import io.lightnvr.mqtt.demo.recorder.RecorderSetup;
import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import io.lightnvr.mqtt.demo.recorder.SimulatedStream;
import io.lightnvr.mqtt.demo.recorder.SimulatedZone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Recorders that want to know who asks, and what the bridge sees without saying. */
@Execution(ExecutionMode.CONCURRENT)
class RecorderLoginIT {

    private static final String LOGIN = "/api/auth/login";

    @RegisterExtension
    final TestBed bed = new TestBed();

    private SimulatedRecorder recorder;
    private Camera camera;
    private Mosquitto broker;
    private Subscriber subscriber;

    @BeforeEach
    void guardARecorder() {
        recorder = bed.recorder(RecorderSetup.open().withAccounts(Account.admin("anna", "s3cret", "k3y")));
        camera = Camera.of(recorder, "front_door");
        recorder.streams().add(SimulatedStream.stopped("cellar"));
        recorder.streams().setZones(camera.stream(), SimulatedZone.rectangle("z1", "everywhere", 0, 0, 1, 1));
        broker = bed.broker();
        subscriber = Subscriber.start(bed, broker, "listener", "lightnvr/#");
    }

    @Test
    void sendsDetectionsWithoutALoginButKnowsNoZonesAndNoStoppedStreams() {
        BridgeProcess bridge = run(options -> options);

        assertThat(zoneOfAnEvent()).isEmpty();
        bridge.log().await("what a login is good for", line -> line.contains("login") && line.contains("zones"));
        assertThat(subscriber.on("lightnvr/availability/cellar")).isEmpty();
        assertThat(recorder.requests().count(LOGIN)).isZero();
    }

    @Test
    void seesZonesAndStoppedStreamsWithAnApiKey() {
        BridgeProcess bridge = run(options -> options.nvr("api_key", "k3y"));

        assertThat(zoneOfAnEvent()).isEqualTo("everywhere");
        subscriber.await("lightnvr/availability/cellar", "offline");
        assertThat(recorder.requests().count(LOGIN)).isZero();
        assertThat(bridge.logText()).doesNotContain("k3y");
    }

    @Test
    void logsInOnceWithUserAndPassword() {
        BridgeProcess bridge = run(options -> options.nvr("username", "anna").nvr("password", "s3cret"));

        assertThat(zoneOfAnEvent()).isEqualTo("everywhere");
        subscriber.await("lightnvr/availability/cellar", "offline");
        assertThat(recorder.requests().count(LOGIN)).isEqualTo(1);
        assertThat(bridge.logText()).doesNotContain("s3cret");
    }

    @Test
    void goesOnOpenlyWhenThePasswordIsWrongAndSaysItOnce() {
        BridgeProcess bridge = run(options -> options.nvr("username", "anna").nvr("password", "wr0ng"));

        assertThat(zoneOfAnEvent()).isEmpty();
        String line = bridge.awaitLog("refuses");
        assertThat(line).contains("anna").doesNotContain("wr0ng");
        assertThat(bridge.logged("refuses")).isEqualTo(1);
        assertThat(recorder.requests().count(LOGIN)).isEqualTo(1);
    }

    @Test
    void goesOnOpenlyWhenTheApiKeyIsWrongAndSaysItOnce() {
        BridgeProcess bridge = run(options -> options.nvr("api_key", "wr0ng"));

        assertThat(zoneOfAnEvent()).isEmpty();
        String line = bridge.awaitLog("refuses");
        assertThat(line).containsIgnoringCase("key").doesNotContain("wr0ng");
        assertThat(bridge.logged("refuses")).isEqualTo(1);
    }

    @Test
    void needsNothingButTheRecordersOwnFile() throws IOException {
        Path file = bed.folder().resolve("lightnvr.ini");
        Files.writeString(file, """
                [web]
                port = %d ; where it listens
                bind_ip = 0.0.0.0
                username = anna
                password = s3cret

                [mqtt]
                enabled = true
                broker_port = %d
                """.formatted(recorder.port(), broker.port()));

        BridgeProcess.start(bed, "run", "--config", file.toString());

        assertThat(zoneOfAnEvent()).isEqualTo("everywhere");
        assertThat(recorder.requests().count(LOGIN)).isEqualTo(1);
    }

    private BridgeProcess run(UnaryOperator<BridgeOptions> login) {
        return BridgeProcess.run(bed, login.apply(BridgeOptions.of(recorder, broker.port())));
    }

    private String zoneOfAnEvent() {
        camera.awaitWatched().sees(SimulatedRow.wholePicture("person", 0.9f));
        return subscriber
                .await("lightnvr/detections/front_door")
                .json()
                .at("/detections/0/zone_id")
                .asText();
    }
}
