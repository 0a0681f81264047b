package io.lightnvr.mqtt.demo.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.event.StreamName;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the recorder's detections with the real one's whole answers. */
class RecorderResultsAnswersTest extends RunningRecorder {

    private static final String RESULTS = "/api/detection/results/";
    private static final long TRIGGERED = 1_795_352_249;
    private static final long DETECTED = 1_795_353_312;
    private static final StreamName DOOR = new StreamName("front_door");

    RecorderResultsAnswersTest() {
        super(TRIGGERED + 16);
    }

    @Test
    void givesTheDetectionsOfTheLastHalfMinute() {
        CapturedStreams.addStopped(recorder);
        recorder.rows().insertFrame(DOOR, TRIGGERED - 15, SimulatedRow.wholePicture("dog", 0.5f));
        recorder.rows().insertInterval(DOOR, TRIGGERED, TRIGGERED, List.of(SimulatedRow.wholePicture("car", 0.87f)));
        SimulatedRow person = SimulatedRow.wholePicture("person", 0.92f);
        recorder.rows().insertInterval(DOOR, TRIGGERED, TRIGGERED + 1, List.of(person, person));

        assertThat(client.get(RESULTS + "front_door")).isEqualTo(Captured.read("results-front_door-default"));
    }

    @Test
    void givesTheDetectionsOfAModel() {
        CapturedStreams.addRunning(recorder);
        clock.advance(Duration.ofSeconds(DETECTED + 1 - TRIGGERED - 16));
        for (long second : new long[] {DETECTED - 29, DETECTED}) {
            recorder.rows()
                    .insertFrame(
                            new StreamName("apicam"),
                            second,
                            new SimulatedRow("car", 0.871f, 0.6f, 0.5f, 0.3f, 0.25f),
                            new SimulatedRow("person", 0.9213f, 0.25f, 0.3f, 0.15f, 0.45f));
        }

        assertThat(client.get(RESULTS + "apicam?end=4102444800")).isEqualTo(Captured.read("results-apicam-model-rows"));
    }

    @Test
    void cutsALabelInTheMiddleOfACharacter() {
        recorder.streams().add(SimulatedStream.stopped("x"));
        clock.advance(Duration.ofSeconds(1_795_353_995 - TRIGGERED - 16));
        recorder.rows().insert(new StreamName("x"), SimulatedRow.wholePicture("é".repeat(20), 1));

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
        recorder.rows().insertFrame(DOOR, 1_795_352_240, SimulatedRow.wholePicture("old ", 0.5f));
        recorder.rows().insertFrame(DOOR, TRIGGERED, SimulatedRow.wholePicture("new ", 0.5f));

        String body = client.get(RESULTS + "front_door?" + query).body();

        assertThat(body.replaceAll("\"label\":\"([^\"]*)\"|.", "$1")).isEqualTo(labels);
    }

    @Test
    void pagesBackByTheOldestSecondOfAPage() {
        for (int i = 0; i < 30; i++) {
            recorder.rows().insertFrame(DOOR, TRIGGERED + i, SimulatedRow.wholePicture("row " + i, 0.5f));
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
        recorder.streams().add(SimulatedStream.running(name));
        recorder.streams().setZones(new StreamName(name), SimulatedZone.rectangle("z", "here", 0, 0, 1, 1));
        recorder.rows().insert(new StreamName(name), SimulatedRow.wholePicture("person", 1));

        assertThat(client.get(RESULTS + encoded).body()).contains("person");
        assertThat(client.get("/api/streams/" + encoded + "/zones").body()).contains("here");
    }

    @Test
    void cannotBeAskedForANameOfMoreThan255EncodedCharacters() {
        recorder.streams().add(SimulatedStream.running("n".repeat(255)));
        recorder.streams().add(SimulatedStream.running("m".repeat(256)));

        assertThat(client.get(RESULTS + "n".repeat(255)).status()).isEqualTo(200);
        assertThat(client.get(RESULTS + "m".repeat(256)).status()).isEqualTo(404);
        assertThat(client.get(RESULTS + "n".repeat(253) + "%20").status()).isEqualTo(404);
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
    void countsWhatItIsAskedByPath() {
        client.get(RESULTS + "a%2Fb?end=4102444800");
        client.get(RESULTS + "a%2Fb?end=4102444801");
        client.get("/api/streams");

        assertThat(recorder.requests().count(RESULTS + "a%2Fb")).isEqualTo(2);
        assertThat(recorder.requests().count("/api/settings")).isZero();
        assertThat(recorder.requests().total()).isEqualTo(3);
    }
}
