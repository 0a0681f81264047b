package io.lightnvr.mqtt.demo.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.RecorderStream.Condition;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.event.Zone.Point;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares whole answers with those of a real recorder. */
class RecorderAnswersTest {

    private static final String RESULTS = "/api/detection/results/";
    private static final String TRIGGER = "/api/motion/trigger";
    private static final long TRIGGERED = 1_795_352_249;
    private static final long DETECTED = 1_795_353_312;
    private static final StreamName DOOR = new StreamName("front_door");

    private static final List<Point> HALF =
            List.of(new Point(0, 0), new Point(0.5f, 0), new Point(0.5f, 1), new Point(0, 1));
    private static final List<Point> TRIANGLE = List.of(new Point(0.2f, 0.2f), new Point(1, 0.2f), new Point(0.6f, 1));
    private static final List<Point> CORNER = List.of(new Point(0, 0), new Point(1, 0), new Point(1, 1));

    private final SettableClock clock = new SettableClock(TRIGGERED + 16);
    private SimulatedRecorder recorder;
    private TestClient client;

    @BeforeEach
    void start() throws IOException {
        recorder = SimulatedRecorder.start(RecorderSetup.open().withClock(clock));
        client = new TestClient(recorder);
    }

    @AfterEach
    void close() {
        recorder.close();
    }

    @Test
    void listsStreamsThatAreStopped() {
        addStoppedStreams();

        assertThat(client.get("/api/streams")).isEqualTo(Captured.read("streams"));
    }

    @Test
    void listsStreamsWithDetectors() {
        addStoppedStreams();
        addRunningStreams();

        assertThat(client.get("/api/streams")).isEqualTo(Captured.read("streams-5"));
    }

    @Test
    void doesNotKnowAStreamThatIsNotThere() {
        assertThat(client.get("/api/streams/nobody")).isEqualTo(Captured.read("stream-unknown"));
    }

    @Test
    void tellsZones() {
        recorder.streams()
                .setZones(
                        DOOR,
                        new RecorderZone("zone_a", "entrance", true, "#3b82f6", HALF, "person,dog", 0.5f),
                        new RecorderZone("zone_b", "Einfahrt Süd", true, "#ff0000", TRIANGLE, "", 0),
                        new RecorderZone("zone_c", "off", false, "#00ff00", CORNER, "", 0));

        assertThat(client.get("/api/streams/front_door/zones")).isEqualTo(Captured.read("zones-front_door"));
        assertThat(client.get("/api/streams/nobody/zones")).isEqualTo(Captured.read("zones-none"));
    }

    @Test
    void givesTheDetectionsOfTheLastHalfMinute() {
        addStoppedStreams();
        recorder.rows().insertFrame(DOOR, TRIGGERED - 15, Row.wholePicture("dog", 0.5f));
        recorder.rows().insertInterval(DOOR, TRIGGERED, TRIGGERED, List.of(Row.wholePicture("car", 0.87f)));
        Row person = Row.wholePicture("person", 0.92f);
        recorder.rows().insertInterval(DOOR, TRIGGERED, TRIGGERED + 1, List.of(person, person));

        assertThat(client.get(RESULTS + "front_door")).isEqualTo(Captured.read("results-front_door-default"));
    }

    @Test
    void givesTheDetectionsOfAModel() {
        addRunningStreams();
        clock.advance(Duration.ofSeconds(DETECTED + 1 - TRIGGERED - 16));
        for (long second : new long[] {DETECTED - 29, DETECTED}) {
            recorder.rows()
                    .insertFrame(
                            new StreamName("apicam"),
                            second,
                            new Row("car", 0.871f, 0.6f, 0.5f, 0.3f, 0.25f),
                            new Row("person", 0.9213f, 0.25f, 0.3f, 0.15f, 0.45f));
        }

        assertThat(client.get(RESULTS + "apicam?end=4102444800")).isEqualTo(Captured.read("results-apicam-model-rows"));
    }

    @Test
    void cutsALabelInTheMiddleOfACharacter() {
        recorder.streams().add(RecorderStream.stopped("x"));
        clock.advance(Duration.ofSeconds(1_795_353_995 - TRIGGERED - 16));
        recorder.rows().insert(new StreamName("x"), Row.wholePicture("é".repeat(20), 1));

        assertThat(client.get(RESULTS + "x")).isEqualTo(Captured.read("results-invalid-utf8-label"));
    }

    @Test
    void knowsNoStreamWithoutAName() {
        assertThat(client.get(RESULTS)).isEqualTo(Captured.read("results-nostream"));
        assertThat(client.get("/api/detection/results")).isEqualTo(Captured.read("results-nostream"));
    }

    @Test
    void knowsAnUnknownStreamOnlyWithAWindow() {
        assertThat(client.get(RESULTS + "nobody")).isEqualTo(Captured.read("results-unknown-default"));
        assertThat(client.get(RESULTS + "nobody?start=1")).isEqualTo(Captured.read("results-unknown-start"));
    }

    @ParameterizedTest
    @CsvSource({
        "start=1795352240, 'new old '",
        "start=1795352245&end=1795352248, ''",
        "end=1795352240, 'old '",
        "end=1795352239, ''",
        "start=1795352249000, ''",
        "end=2026-11-22T12:57:29Z, ''",
        "limit=1&start=1795352249, 'new '"
    })
    void readsAWindowInWholeSecondsAndMisreadsTheRest(String query, String labels) {
        recorder.rows().insertFrame(DOOR, 1_795_352_240, Row.wholePicture("old ", 0.5f));
        recorder.rows().insertFrame(DOOR, TRIGGERED, Row.wholePicture("new ", 0.5f));

        String body = client.get(RESULTS + "front_door?" + query).body();

        assertThat(body.replaceAll("\"label\":\"([^\"]*)\"|.", "$1")).isEqualTo(labels);
    }

    @Test
    void pagesBackByTheOldestSecondOfAPage() {
        for (int i = 0; i < 30; i++) {
            recorder.rows().insertFrame(DOOR, TRIGGERED + i, Row.wholePicture("row " + i, 0.5f));
        }

        String first = client.get(RESULTS + "front_door?end=4102444800").body();
        String second =
                client.get(RESULTS + "front_door?end=" + (TRIGGERED + 10)).body();

        assertThat(first).contains("row 29", "row 10").doesNotContain("\"row 9\"");
        assertThat(second).contains("row 10", "row 9", "row 0").doesNotContain("\"row 11\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cam.1", "Back Yard", "前門", "a/b", "a+b", "50%", "\"><script>", "a/zones", "?", "#"})
    void understandsAnyNameThatIsEncoded(String name) {
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        recorder.streams().add(RecorderStream.running(name));
        recorder.streams().setZones(new StreamName(name), RecorderZone.rectangle("z", "here", 0, 0, 1, 1));
        recorder.rows().insert(new StreamName(name), Row.wholePicture("person", 1));

        assertThat(client.get(RESULTS + encoded).body()).contains("person");
        assertThat(client.get("/api/streams/" + encoded + "/zones").body()).contains("here");
    }

    @Test
    void cannotBeAskedForANameOfMoreThan255EncodedCharacters() {
        recorder.streams().add(RecorderStream.running("n".repeat(255)));
        recorder.streams().add(RecorderStream.running("m".repeat(256)));

        assertThat(client.get(RESULTS + "n".repeat(255)).status()).isEqualTo(200);
        assertThat(client.get(RESULTS + "m".repeat(256)).status()).isEqualTo(404);
    }

    @Test
    void tellsTheTimeOfItsOwnZoneAndItsOwnClock() throws IOException {
        RecorderSetup berlin = RecorderSetup.open().withClock(clock).in(ZoneId.of("Europe/Berlin"));
        try (SimulatedRecorder there = SimulatedRecorder.start(berlin)) {
            there.clock().setOffset(Duration.ofMinutes(-1));

            String body = new TestClient(there).get(RESULTS + "x?start=1").body();

            assertThat(body).contains("\"timestamp\":\"2026-11-22 13:56:45\"");
        }
    }

    @Test
    void isHealthyWithoutAStream() {
        addStoppedStreams();
        for (int i = 1; i < 34; i++) {
            client.get("/api/health");
        }
        clock.advance(Duration.ofSeconds(46));
        recorder.clock().setOffset(Duration.ofSeconds(-46));

        assertThat(client.get("/api/health")).isEqualTo(Captured.read("health"));
    }

    @Test
    void namesRunningStreamsInItsHealth() {
        clock.advance(Duration.ofSeconds(DETECTED + 1 - TRIGGERED - 16 - 32));
        addStoppedStreams();
        recorder.streams().add(motionCamera());
        recorder.streams().add(modelCamera());
        clock.advance(Duration.ofSeconds(32));

        Captured health = client.get("/api/health");

        String differs = "(uptime|totalRequests|used_bytes|available_bytes|last_frame_ts|frames_total)\":\\d+";
        assertThat(health.with(differs, "$1"))
                .isEqualTo(Captured.read("health-with-running-streams").with(differs, "$1"));
        assertThat(health.body()).contains("\"last_frame_ts\":" + (DETECTED + 1));
    }

    @Test
    void saysSinceWhenAStreamHasNoPicture() {
        recorder.streams().add(modelCamera());
        recorder.streams().set(new StreamName("apicam"), Condition.DOWN);
        clock.advance(Duration.ofSeconds(60));

        String body = client.get("/api/health").body();

        assertThat(body)
                .contains("\"streams\":{\"total\":1,\"up\":0,\"degraded\":0,\"down\":1}")
                .contains("\"status\":\"down\"", "\"last_frame_ts\":" + (TRIGGERED + 16));
    }

    @Test
    void forgetsADeletedStreamAndListsADisabledOne() {
        recorder.streams().add(modelCamera());
        recorder.streams().add(motionCamera());

        recorder.streams().delete(new StreamName("apicam"));
        recorder.streams().disable(new StreamName("drive.way"));

        assertThat(client.get("/api/streams").body())
                .doesNotContain("apicam")
                .contains("\"name\":\"drive.way\",\"url\":\"http://127.0.0.1:18840/cam2.ts\",\"enabled\":false");
        assertThat(client.get("/api/health").body()).contains("\"streams_detail\":[]");
    }

    @Test
    void tellsHowItsOwnPublisherIsSetUp() {
        recorder.setNativePublisher(new NativePublisher(true, "127.0.0.1", 18_883, "lightnvr", "native", true));

        Captured settings = client.get("/api/settings");

        String differs = "(web_port|web_auth_enabled)\":\\w+";
        assertThat(settings.with(differs, "$1"))
                .isEqualTo(Captured.read("settings").with(differs, "$1"));
        assertThat(settings.body()).contains("\"web_port\":" + recorder.port() + ",", "\"web_auth_enabled\":false");
    }

    @Test
    void makesDetectionsWhenTriggered() {
        addStoppedStreams();

        Captured answer = client.post(
                TRIGGER,
                "{\"stream\":\"front_door\",\"action\":\"pulse\",\"duration_ms\":1500,"
                        + "\"objects\":[{\"label\":\"person\",\"confidence\":0.92},\"car\"]}");

        assertThat(answer).isEqualTo(Captured.read("trigger-pulse-two-objects"));
        assertThat(client.get(RESULTS + "front_door").body())
                .contains("\"label\":\"person\",\"confidence\":0.92000001668930054")
                .contains("\"label\":\"car\",\"confidence\":1,")
                .contains("\"timestamp\":1795352265,\"end_timestamp\":1795352266");
    }

    @Test
    void keepsWhatWasStartedUntilItIsStopped() {
        addStoppedStreams();
        clock.advance(Duration.ofSeconds(-16));

        Captured start = client.post(
                TRIGGER, "{\"stream\":\"Back Yard\",\"action\":\"start\",\"label\":\"dog\",\"confidence\":0.61}");
        clock.advance(Duration.ofSeconds(2));
        Captured stop = client.post(TRIGGER, "{\"stream\":\"Back Yard\",\"action\":\"stop\"}");
        clock.advance(Duration.ofSeconds(14));

        assertThat(start).isEqualTo(Captured.read("trigger-start-backyard"));
        assertThat(stop).isEqualTo(Captured.read("trigger-stop-backyard"));
        assertThat(client.get(RESULTS + "Back%20Yard")).isEqualTo(Captured.read("results-backyard-encoded"));
        assertThat(client.get(RESULTS + "Back_Yard")).isEqualTo(Captured.read("results-backyard-sanitized"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no json | trigger-bad-json",
                "{\"stream\":\"nobody\",\"action\":\"pulse\"} | trigger-unknown-stream"
            })
    void refusesTriggersThatItDoesNotUnderstand(String body, String capture) {
        assertThat(client.post(TRIGGER, body)).isEqualTo(Captured.read(capture));
    }

    @Test
    void countsWhatItIsAskedByPath() {
        client.get(RESULTS + "a%2Fb?end=4102444800");
        client.get(RESULTS + "a%2Fb?end=4102444801");
        client.get("/api/streams");

        assertThat(recorder.requests().count(RESULTS + "a%2Fb")).isEqualTo(2);
        assertThat(recorder.requests().count("/api/settings")).isZero();
        assertThat(recorder.requests().total()).isEqualTo(3);
    }

    private void addStoppedStreams() {
        recorder.streams().add(RecorderStream.stopped("garage-1"));
        recorder.streams().add(RecorderStream.stopped("front_door"));
        recorder.streams()
                .add(new RecorderStream(
                        new StreamName("Back Yard"), "rtsp://127.0.0.1:18554/by", "", true, Condition.STOPPED));
    }

    private void addRunningStreams() {
        recorder.streams().add(modelCamera());
        recorder.streams().add(motionCamera());
    }

    private static RecorderStream modelCamera() {
        return new RecorderStream(
                new StreamName("apicam"), "http://127.0.0.1:18840/cam1.ts", "api-detection", true, Condition.UP);
    }

    private static RecorderStream motionCamera() {
        return new RecorderStream(
                new StreamName("drive.way"), "http://127.0.0.1:18840/cam2.ts", "motion", true, Condition.UP);
    }
}
