package io.lightnvr.mqtt.config;

import static io.lightnvr.mqtt.config.Reading.problemsWith;
import static io.lightnvr.mqtt.config.Reading.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueRulesTest {

    @ParameterizedTest
    @CsvSource({"0,0", "1,1", "2,2", "' 2 ',2", "+1,1"})
    void takesTheThreeQosLevels(String text, int level) throws ConfigurationException {
        assertThat(with("mqtt.qos", text).mqtt().qos()).isEqualTo(level);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "-1", "99999999999", "99999999999999999999"})
    void refusesAnyOtherQosLevel(String text) {
        assertThat(problemsWith("mqtt.qos", text))
                .containsExactly("mqtt.qos: " + text + " is out of range; use a whole number from 0 to 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "one", "true", "0x1", "1 2"})
    void refusesWhatIsNoWholeNumber(String text) {
        assertThat(problemsWith("mqtt.qos", text))
                .containsExactly("mqtt.qos: " + text + " is not a whole number; use a whole number from 0 to 2");
    }

    @Test
    void saysThatAnEmptyNumberIsNone() {
        assertThat(problemsWith("mqtt.qos", ""))
                .containsExactly("mqtt.qos: is not a whole number; use a whole number from 0 to 2");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1883, 65_535})
    void takesAnyPort(int port) throws ConfigurationException {
        assertThat(with("mqtt.broker_port", "" + port).mqtt().brokerPort()).isEqualTo(port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536"})
    void refusesWhatIsNoPort(String text) {
        assertThat(problemsWith("mqtt.broker_port", text))
                .containsExactly("mqtt.broker_port: " + text + " is out of range; use a whole number from 1 to 65535");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1001"})
    void keepsTheWindowBetweenOneAndAThousand(String text) {
        assertThat(problemsWith("mqtt.max_inflight", text))
                .containsExactly("mqtt.max_inflight: " + text + " is out of range; use a whole number from 1 to 1000");
    }

    @ParameterizedTest
    @CsvSource({"true,true", "TRUE,true", "False,false", "' false ',false"})
    void takesTrueAndFalse(String text, boolean value) throws ConfigurationException {
        assertThat(with("mqtt.retain", text).mqtt().retain()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "1", "maybe"})
    void refusesWhatIsNeitherTrueNorFalse(String text) {
        assertThat(problemsWith("mqtt.retain", text))
                .containsExactly("mqtt.retain: " + text + " is neither true nor false; use true or false");
    }

    @ParameterizedTest
    @CsvSource({"30,30", "30s,30", "5m,300", "12h,43200", "1d,86400", "' 7 m ',420", "1,1"})
    void takesWholeSecondsAndTheUnitsOfPeople(String text, long seconds) throws ConfigurationException {
        assertThat(with("home_assistant.clear_after", text).homeAssistant().clearAfter())
                .isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5s", "-3", "10x", "5M", "s", "9999999999", "30 seconds"})
    void refusesWhatIsNoTime(String text) {
        assertThat(problemsWith("home_assistant.clear_after", text))
                .containsExactly("home_assistant.clear_after: " + text
                        + " is not a time; use whole seconds, or text such as 30s, 5m, 12h or 7d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hunter2", "p4ssw0rd", "PT30S", "correct horse"})
    void showsNothingOfWhatMayBeAPassword(String text) {
        assertThat(problemsWith("home_assistant.clear_after", text))
                .containsExactly(
                        "home_assistant.clear_after: is not a time; use whole seconds, or text such as 30s, 5m, 12h or 7d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "2d", "86401", "999999999d"})
    void refusesATimeOutOfRange(String text) {
        assertThat(problemsWith("home_assistant.clear_after", text))
                .containsExactly("home_assistant.clear_after: " + text + " is out of range; use a time from 1s to 1d");
    }

    @ParameterizedTest
    @CsvSource({"off, 0", "Off, 0", "10, 10", "1h, 3600"})
    void takesHowOftenThereAreSnapshotsOrThatThereAreNone(String text, long seconds) throws ConfigurationException {
        assertThat(with("home_assistant.snapshots", text).homeAssistant().snapshots())
                .isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"off,0", "OFF,0", "0,0", "20,20971520", "1024,1073741824"})
    void takesTheRoomForPicturesOrThatThereIsNone(String text, long bytes) throws ConfigurationException {
        assertThat(with("web.history", text).web().historyBytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"1025,is out of range", "-1,is out of range", "20MB,is not a whole number", "none,is not a whole number"
    })
    void refusesAnyOtherRoomForPictures(String text, String rule) {
        assertThat(problemsWith("web.history", text))
                .containsExactly("web.history: " + text + " " + rule + "; use a whole number from 0 to 1024, or off");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "65536"})
    void refusesWhatIsNeitherAPortNorOff(String text) {
        assertThat(problemsWith("web.port", text))
                .containsExactly("web.port: " + text + " is out of range; use a whole number from 0 to 65535, or off");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "9s", "61m"})
    void refusesSnapshotsThatAreTooOftenOrTooSeldom(String text) {
        assertThat(problemsWith("home_assistant.snapshots", text))
                .containsExactly(
                        "home_assistant.snapshots: " + text + " is out of range; use a time from 10s to 1h, or off");
    }

    @Test
    void letsKeepaliveBeSwitchedOff() throws ConfigurationException {
        assertThat(with("mqtt.keepalive", "0").mqtt().keepalive()).isZero();
        assertThat(with("mqtt.keepalive", "65535").mqtt().keepalive()).hasSeconds(65_535);
        assertThat(problemsWith("mqtt.keepalive", "65536"))
                .containsExactly("mqtt.keepalive: 65536 is out of range; use a time from 0 to 65535s");
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1,1", "0.5,0.5", ".25,0.25", "1e-05,0.00001", "1.0,1"})
    void takesAConfidenceFromZeroToOne(String text, float confidence) throws ConfigurationException {
        assertThat(with("detections.min_confidence", text).detections().minConfidence())
                .isEqualTo(confidence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.00000001", "-0.1", "50"})
    void refusesAConfidenceOutOfRange(String text) {
        assertThat(problemsWith("detections.min_confidence", text))
                .containsExactly("detections.min_confidence: " + text
                        + " is out of range; use a number from 0 to 1, such as 0.5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"50%", "0,5", "NaN", "Infinity", "0x1p-1", "0.5f"})
    void refusesWhatIsNoNumber(String text) {
        assertThat(problemsWith("detections.min_confidence", text))
                .containsExactly("detections.min_confidence: " + text
                        + " is not a number; use a number from 0 to 1, such as 0.5");
    }

    @ParameterizedTest
    @CsvSource({"trace,TRACE", "debug,DEBUG", "Info,INFO", "warning,WARNING", "warn,WARNING", "ERROR,ERROR"})
    void takesTheLogLevels(String text, LogLevel level) throws ConfigurationException {
        assertThat(with("log_level", text).logLevel()).isEqualTo(level);
    }

    @Test
    void refusesAnyOtherLogLevel() {
        assertThat(problemsWith("log_level", "2"))
                .containsExactly("log_level: 2 is not a log level; use trace, debug, info, warning or error");
    }

    @Test
    void refusesAPathThatCannotBeOne() {
        assertThat(problemsWith("mqtt.tls_ca_file", "a\0b"))
                .containsExactly("mqtt.tls_ca_file: a?b is not a path; set the path of a file");
    }
}
