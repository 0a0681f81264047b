package io.lightnvr.mqtt.demo.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares what triggers answer, and what they make, with the real one's whole answers. */
class RecorderTriggerAnswersTest extends RunningRecorder {

    private static final String RESULTS = "/api/detection/results/";
    private static final String TRIGGER = "/api/motion/trigger";
    private static final long TRIGGERED = 1_795_352_249;

    RecorderTriggerAnswersTest() {
        super(TRIGGERED + 16);
    }

    @Test
    void makesDetectionsWhenTriggered() {
        CapturedStreams.addStopped(recorder);

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
        CapturedStreams.addStopped(recorder);
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
}
