package io.lightnvr.mqtt.config;

import static io.lightnvr.mqtt.config.Reading.built;
import static io.lightnvr.mqtt.config.Reading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionTreeTest {

    @Test
    void takesTheOptionsOfEverySection() throws ConfigurationException {
        Configuration configuration = configuration("""
                nvr: {url: http://nvr}
                mqtt: {qos: 2}
                home_assistant: {discovery: false}
                detections: {min_confidence: 0.5}
                log_level: debug
                """);

        assertThat(configuration.requireNvr().url()).hasHost("nvr");
        assertThat(configuration.mqtt().qos()).isEqualTo(2);
        assertThat(configuration.homeAssistant().discovery()).isFalse();
        assertThat(configuration.detections().minConfidence()).isEqualTo(0.5f);
        assertThat(configuration.logLevel()).isEqualTo(LogLevel.DEBUG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"~", "null", "NULL"})
    void refusesANullThatMayBeAText(String value) {
        String text = "mqtt:\n  username: bob\n  password: " + value + "\n  qos: " + value;

        assertThat(problems(() -> built(OptionTree.read("f", TreeReader.yaml("f", text)))))
                .containsExactly("mqtt.password: is null in YAML at line 3, column 13;"
                        + " put it in quotes if it is the value, else remove the line");
    }

    @Test
    void takesNullAsNotSet() throws ConfigurationException {
        assertThat(configuration("mqtt:\nnvr: {url: }\nlog_level: ~\ndetections: {labels: null}"))
                .isEqualTo(configuration(""));
    }

    @Test
    void takesAListOfTextsAndOneAlone() throws ConfigurationException {
        Configuration.Detections detections = configuration(
                        "detections: {labels: [person, ' ', Car, ~, 7, person], streams: Front Door}")
                .detections();

        assertThat(detections.labels()).containsExactly("person", "Car", "7");
        assertThat(detections.streams()).containsExactly("Front Door");
        assertThat(detections.ignoreStreams()).isEmpty();
    }

    @Test
    void refusesAListOfAnythingElse() {
        assertThat(problemsOf("detections: {labels: [person, [car]], streams: {a: b}}"))
                .containsExactly(
                        "detections.labels: is not a list of texts; write it as [one, two]",
                        "detections.streams: is not a list of texts; write it as [one, two]");
    }

    @Test
    void refusesMoreThanOneValue() {
        assertThat(problemsOf("mqtt: {qos: [1], username: {hunter2: 1}}\nlog_level: []"))
                .containsExactly(
                        "mqtt.qos: is a list, not a single value; write one value after the key",
                        "mqtt.username: is a section, not a single value; write one value after the key",
                        "log_level: is a list, not a single value; write one value after the key");
    }

    @Test
    void refusesASectionThatIsNone() {
        assertThat(problemsOf("nvr: http://bob:hunter2@nvr\ndetections: [person]"))
                .containsExactly(
                        "nvr: is not a section with options; write under it any of " + names("nvr"),
                        "detections: is not a section with options; write under it any of " + names("detections"));
    }

    @Test
    void refusesAFileThatIsNoSetOfOptions() {
        assertThat(problemsOf("[person]"))
                .containsExactly("file.yaml: does not consist of sections; write the sections " + names(""));
    }

    @Test
    void asksWhetherANearbyOptionWasMeant() {
        assertThat(problemsOf("mqtt: {brokr_host: a, QOS: 1}\nmqt: {}\ntopic_prefix: x\nnvr: {cameras: 1}"))
                .containsExactly(
                        "mqtt.brokr_host: is not an option; did you mean mqtt.broker_host?",
                        "mqtt.QOS: is not an option; did you mean mqtt.qos?",
                        "mqt: is not an option; did you mean mqtt?",
                        "topic_prefix: is not an option; did you mean mqtt.topic_prefix?",
                        "nvr.cameras: is not an option; use one of " + names("nvr"));
    }

    @Test
    void showsNoSecretThatBecameAKey() {
        assertThat(problemsOf("{password:hunter2}\n"))
                .containsExactly(
                        "***: is not an option; write each option as name: value, with a space after the colon");
    }

    @Test
    void takesNoOptionByTheNameOfItsTopLevel() {
        assertThat(problemsOf("'': {log_level: debug}"))
                .containsExactly(
                        "***: is not an option; write each option as name: value, with a space after the colon");
    }

    private static String names(String section) {
        return String.join(", ", KeySuggestions.namesIn(section));
    }

    private static Configuration configuration(String yaml) throws ConfigurationException {
        return built(OptionTree.read("file.yaml", TreeReader.yaml("file.yaml", yaml)))
                .configuration();
    }

    private static List<String> problemsOf(String yaml) {
        return problems(() -> configuration(yaml));
    }
}
