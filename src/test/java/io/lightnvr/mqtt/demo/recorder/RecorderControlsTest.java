package io.lightnvr.mqtt.demo.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.Account.Role;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.it.Ports;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a recorder can be told to do, as the real one's source has it. */
class RecorderControlsTest {

    private static final StreamName DOOR = new StreamName("front_door");
    private static final String STREAM = "/api/streams/front_door";
    private static final String[] USER = {"X-API-Key", "userkey"};

    private final SettableClock clock = new SettableClock(1_795_352_249);
    private SimulatedRecorder recorder;
    private TestClient client;

    @AfterEach
    void close() {
        recorder.close();
    }

    @ParameterizedTest
    @EnumSource
    void onlyThoseWhoMayChangeAnything(Generation generation) throws IOException {
        start(generation);
        recorder.streams().change(DOOR, settings -> settings.turningTo("Gate"));

        assertThat(client.put(STREAM, "{}").status()).isEqualTo(401);
        assertThat(client.put(STREAM, "{}", "X-API-Key", "viewerkey").status()).isEqualTo(403);
        assertThat(client.put(STREAM, "{}", USER).status()).isEqualTo(202);
        assertThat(client.post(STREAM + "/recording", "{\"action\":\"start\"}", "X-API-Key", "viewerkey")
                        .body())
                .isEqualTo(
                        generation == Generation.V0_37
                                ? "{\"error\":\"Viewer role cannot control recordings\"}"
                                : "{\"error\":\"Forbidden\"}");
        assertThat(client.post(STREAM + "/ptz/home", "{}", "X-API-Key", "viewerkey")
                        .status())
                .isEqualTo(403);
        assertThat(client.get(STREAM, "X-API-Key", "viewerkey").body()).contains("\"can_control_privacy\":false");
    }

    @Test
    void aChangeIsMadeAfterItsAnswerAndOfDetectionRestartsTheStream() throws IOException {
        start(Generation.V0_37);

        assertThat(client.put(STREAM, "{\"detection_based_recording\":false}", USER)
                        .body())
                .isEqualTo("{\"success\":true,\"message\":\"Stream update request accepted and processing\"}");
        assertThat(client.get(STREAM, USER).body()).contains("\"detection_based_recording\":true");
        clock.advance(Duration.ofSeconds(1));
        assertThat(client.get(STREAM, USER).body()).contains("\"detection_based_recording\":false");
        assertThat(client.get("/api/health").body()).contains("\"status\":\"down\"");
        clock.advance(Duration.ofSeconds(2));

        assertThat(client.get("/api/health").body()).contains("\"status\":\"up\"");
        assertThat(recorder.looksAt(DOOR)).isFalse();
    }

    @Test
    void aChangeWithoutItLosesThatTheCameraSpeaksOnvif() throws IOException {
        start(Generation.V0_37);
        recorder.streams().change(DOOR, settings -> settings.withOnvif(true));

        client.put(STREAM, "{\"record\":true,\"isOnvif\":true}", USER);
        clock.advance(Duration.ofSeconds(1));
        assertThat(recorder.streams().settings(DOOR).isOnvif()).isTrue();
        client.put(STREAM, "{\"record\":false}", USER);
        clock.advance(Duration.ofSeconds(1));

        assertThat(recorder.streams().settings(DOOR).isOnvif()).isFalse();
    }

    @Test
    void privacyIsSetAtOnceAndHidesThePicture() throws IOException {
        start(Generation.V0_37);
        recorder.setPictures(true);

        assertThat(client.put(STREAM, "{\"set_privacy_mode\":true,\"record\":true}", USER)
                        .body())
                .isEqualTo("{\"success\":true,\"privacy_mode\":true}");

        assertThat(client.get(STREAM, USER).body()).contains("\"privacy_mode\":true", "\"record\":false");
        assertThat(client.get("/go2rtc/api/frame.jpeg?src=front_door").status()).isEqualTo(404);
    }

    @Test
    void recordsByHandUnlessItRecordsAnyway() throws IOException {
        start(Generation.V0_37);
        String path = STREAM + "/recording";

        assertThat(client.get(path, USER).body())
                .isEqualTo("{\"stream\":\"front_door\",\"state\":\"idle\",\"recording_active\":false,"
                        + "\"capture_method\":null,\"recording_id\":null,\"manual_control_allowed\":true}");
        assertThat(client.post(path, "{\"action\":\"stop\"}", USER).status()).isEqualTo(409);
        assertThat(client.post(path, "{\"action\":\"go\"}", USER).status()).isEqualTo(400);
        assertThat(client.post(path, "{\"action\":\"start\"}", USER).status()).isEqualTo(202);
        assertThat(client.post(path, "{\"action\":\"start\"}", USER).status()).isEqualTo(409);
        assertThat(client.get(path, USER).body()).contains("\"capture_method\":\"manual\",\"recording_id\":1");
        assertThat(client.post(path, "{\"action\":\"stop\"}", USER).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"/ptz/capabilities, 400, 200", "/ptz/presets, 400, 200"})
    void onlyACameraThatTurnsHasPlaces(String path, int without, int with) throws IOException {
        start(Generation.V0_47);

        assertThat(client.get(STREAM + path, USER).status()).isEqualTo(without);
        recorder.streams().change(DOOR, settings -> settings.turningTo("Gate"));
        assertThat(client.get(STREAM + path, USER).status()).isEqualTo(with);
    }

    @Test
    void turnsToAPlaceThatThereIs() throws IOException {
        start(Generation.V0_47);
        recorder.streams().change(DOOR, settings -> settings.turningTo("Gate"));

        assertThat(client.post(STREAM + "/ptz/preset", "{}", USER).status()).isEqualTo(400);
        assertThat(client.post(STREAM + "/ptz/preset", "{\"token\":\"2\"}", USER)
                        .status())
                .isEqualTo(500);
        assertThat(client.post(STREAM + "/ptz/preset", "{\"token\":\"1\"}", USER)
                        .status())
                .isEqualTo(200);
        assertThat(recorder.place(DOOR)).contains("1");
    }

    private void start(Generation generation) throws IOException {
        recorder = SimulatedRecorder.start(RecorderSetup.open()
                .onPort(Ports.free())
                .withClock(clock)
                .of(generation)
                .withAccounts(
                        new Account("anna", "secret", "viewerkey", Role.VIEWER),
                        new Account("ben", "secret", "userkey", Role.USER)));
        recorder.streams().add(SimulatedStream.running("front_door"));
        client = new TestClient(recorder);
    }
}
