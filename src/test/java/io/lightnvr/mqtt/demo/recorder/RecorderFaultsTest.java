package io.lightnvr.mqtt.demo.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.event.StreamName;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RecorderFaultsTest extends RunningRecorder {

    private static final StreamName DOOR = new StreamName("front_door");
    private static final String RESULTS = "/api/detection/results/front_door?end=4102444800";
    private static final Pattern LABEL_AND_TIME = Pattern.compile("\"label\":\"(\\w+)\".*?\"timestamp\":(\\d+)");

    RecorderFaultsTest() {
        super(1_000);
    }

    @Test
    void shiftsAllTimesOfAnAnswerByOneRowInARace() {
        recorder.rows().insertFrame(DOOR, 100, row("cat"));
        recorder.rows().insertFrame(DOOR, 200, row("dog"));
        recorder.faults().raceOnce(DOOR, () -> recorder.rows().insertFrame(DOOR, 300, row("car")));

        String raced = labelsAndTimes();
        String after = labelsAndTimes();

        assertThat(raced).isEqualTo("dog 300 cat 200 ");
        assertThat(after).isEqualTo("car 300 dog 200 cat 100 ");
    }

    @Test
    void racesForItsOwnStreamOnly() {
        recorder.faults()
                .raceOnce(new StreamName("other"), () -> recorder.rows().insertFrame(DOOR, 300, row("car")));

        assertThat(labelsAndTimes()).isEmpty();
    }

    @Test
    void refusesConnectionsUntilItListensAgain() throws IOException {
        client.get(RESULTS);

        recorder.stopListening();
        boolean reachedWhileAway = client.reaches(RESULTS);
        recorder.listenAgain();

        assertThat(reachedWhileAway).isFalse();
        assertThat(client.get(RESULTS).status()).isEqualTo(200);
    }

    @Test
    void showsItsPastFromTheFirstAnswerOn() throws IOException {
        try (SimulatedRecorder again = SimulatedRecorder.start(
                RecorderSetup.open(), made -> made.rows().insertFrame(DOOR, 100, row("cat")))) {
            assertThat(new TestClient(again).get(RESULTS).body()).contains("\"cat\"", "\"timestamp\":100");
        }
    }

    @Test
    void beginsItsUptimeAnewWhenItRestarts() throws IOException {
        clock.advance(Duration.ofSeconds(50));
        String before = client.get("/api/health").body();

        recorder.restart();

        assertThat(before).contains("\"uptime\":50,");
        assertThat(client.get("/api/health").body()).contains("\"uptime\":0,");
    }

    @Test
    void goesOnCountingItsUptimeWhenItsClockJumps() {
        clock.advance(Duration.ofSeconds(50));

        recorder.clock().setOffset(Duration.ofHours(-1));

        assertThat(client.get("/api/health").body()).contains("\"uptime\":50,");
    }

    @Test
    void failsTheCallsThatItIsToldTo() {
        recorder.faults().failCalls("/api/detection/results");

        assertThat(client.get(RESULTS).status()).isEqualTo(500);
        assertThat(client.get("/api/streams").status()).isEqualTo(200);
    }

    @Test
    void answersWithAWebPageAsAProxyDoes() {
        recorder.faults().answerCallsWithHtml("/");

        Captured answer = client.get("/api/streams");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).containsEntry("content-type", "text/html");
        assertThat(answer.body()).startsWith("<!DOCTYPE html>");
    }

    @Test
    void answersLateWhenToldTo() {
        recorder.faults().delayAnswers(Duration.ofMillis(150));

        long before = System.nanoTime();
        client.get(RESULTS);

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(150));
    }

    @Test
    void recoversFromAllFaultsAtOnce() {
        recorder.faults().failCalls("/");
        recorder.faults().delayAnswers(Duration.ofHours(1));
        recorder.faults().raceOnce(DOOR, () -> recorder.rows().insertFrame(DOOR, 300, row("car")));

        recorder.faults().clear();

        assertThat(client.get(RESULTS).status()).isEqualTo(200);
        assertThat(labelsAndTimes()).isEmpty();
    }

    @Test
    void mayBeClosedTwice() {
        recorder.close();
        recorder.close();

        assertThat(client.reaches(RESULTS)).isFalse();
    }

    private String labelsAndTimes() {
        StringBuilder all = new StringBuilder();
        LABEL_AND_TIME
                .matcher(client.get(RESULTS).body())
                .results()
                .forEach((MatchResult row) -> all.append(row.group(1) + " " + row.group(2) + " "));
        return all.toString();
    }

    private static SimulatedRow row(String label) {
        return SimulatedRow.wholePicture(label, 0.5f);
    }
}
