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
        assertThat(with(Options.QOS, text).mqtt().qos()).isEqualTo(level);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "-1", "1.0", "one", "true", "99999999999", "0x1", "1 2"})
    void refusesAnyOtherQosLevel(String text) {
        assertThat(problemsWith(Options.QOS, text))
                .containsExactly("mqtt.qos: " + text + " is not a QoS level; use 0, 1 or 2");
    }

    @Test
    void saysThatAnEmptyNumberIsNone() {
        assertThat(problemsWith(Options.QOS, "")).containsExactly("mqtt.qos: is not a QoS level; use 0, 1 or 2");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1883, 65_535})
    void takesAnyPort(int port) throws ConfigurationException {
        assertThat(with(Options.BROKER_PORT, "" + port).mqtt().brokerPort()).isEqualTo(port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "mqtt"})
    void refusesWhatIsNoPort(String text) {
        assertThat(problemsWith(Options.BROKER_PORT, text))
                .containsExactly("mqtt.broker_port: " + text + " is not a port; use a whole number from 1 to 65535");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1001"})
    void keepsTheWindowBetweenOneAndAThousand(String text) {
        assertThat(problemsWith(Options.MAX_INFLIGHT, text))
                .containsExactly("mqtt.max_inflight: " + text
                        + " is not a number of messages; use a whole number from 1 to 1000");
    }

    @ParameterizedTest
    @CsvSource({"true,true", "TRUE,true", "False,false", "' false ',false"})
    void takesTrueAndFalse(String text, boolean value) throws ConfigurationException {
        assertThat(with(Options.RETAIN, text).mqtt().retain()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "1", "maybe"})
    void refusesWhatIsNeitherTrueNorFalse(String text) {
        assertThat(problemsWith(Options.RETAIN, text))
                .containsExactly("mqtt.retain: " + text + " is neither true nor false; use true or false");
    }

    @ParameterizedTest
    @CsvSource({"30,30", "30s,30", "5m,300", "12h,43200", "1d,86400", "' 7 m ',420", "1,1"})
    void takesWholeSecondsAndTheUnitsOfPeople(String text, long seconds) throws ConfigurationException {
        assertThat(with(Options.CLEAR_AFTER, text).homeAssistant().clearAfter()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5s", "-3", "10x", "5M", "PT30S", "s", "9999999999", "30 seconds"})
    void refusesWhatIsNoTime(String text) {
        assertThat(problemsWith(Options.CLEAR_AFTER, text))
                .containsExactly("home_assistant.clear_after: " + text
                        + " is not a time; use whole seconds, or text such as 30s, 5m, 12h or 7d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "2d", "86401", "999999999d"})
    void refusesATimeOutOfRange(String text) {
        assertThat(problemsWith(Options.CLEAR_AFTER, text))
                .containsExactly("home_assistant.clear_after: " + text + " is out of range; use 1 to 86400 seconds");
    }

    @Test
    void letsKeepaliveBeSwitchedOff() throws ConfigurationException {
        assertThat(with(Options.KEEPALIVE, "0").mqtt().keepalive()).isZero();
        assertThat(with(Options.KEEPALIVE, "65535").mqtt().keepalive()).hasSeconds(65_535);
        assertThat(problemsWith(Options.KEEPALIVE, "65536"))
                .containsExactly("mqtt.keepalive: 65536 is out of range; use 0 to 65535 seconds");
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1,1", "0.5,0.5", ".25,0.25", "1e-05,0.00001", "1.0,1"})
    void takesAConfidenceFromZeroToOne(String text, float confidence) throws ConfigurationException {
        assertThat(with(Options.MIN_CONFIDENCE, text).detections().minConfidence())
                .isEqualTo(confidence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.00000001", "-0.1", "50%", "0,5", "NaN", "Infinity", "0x1p-1", "0.5f"})
    void refusesWhatIsNoConfidence(String text) {
        assertThat(problemsWith(Options.MIN_CONFIDENCE, text))
                .containsExactly("detections.min_confidence: " + text
                        + " is not a confidence; use a number from 0 to 1, such as 0.5");
    }

    @ParameterizedTest
    @CsvSource({"trace,TRACE", "debug,DEBUG", "Info,INFO", "warning,WARNING", "warn,WARNING", "ERROR,ERROR"})
    void takesTheLogLevels(String text, LogLevel level) throws ConfigurationException {
        assertThat(with(Options.LOG_LEVEL, text).logLevel()).isEqualTo(level);
    }

    @Test
    void refusesAnyOtherLogLevel() {
        assertThat(problemsWith(Options.LOG_LEVEL, "2"))
                .containsExactly("log_level: 2 is not a log level; use trace, debug, info, warning or error");
    }

    @Test
    void refusesAPathThatCannotBeOne() {
        assertThat(problemsWith(Options.TLS_CA_FILE, "a\0b"))
                .containsExactly("mqtt.tls_ca_file: a?b is not a path; give the path of a file");
    }
}
