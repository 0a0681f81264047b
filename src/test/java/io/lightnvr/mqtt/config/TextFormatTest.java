package io.lightnvr.mqtt.config;

import static io.lightnvr.mqtt.config.Reading.problemsWith;
import static io.lightnvr.mqtt.config.Reading.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextFormatTest {

    private static final List<String> PREFIXES = List.of("mqtt.topic_prefix", "home_assistant.discovery_prefix");

    @ParameterizedTest
    @ValueSource(strings = {"lightnvr", "home/nvr", "Tür 1", "a//b", "前門", "a$"})
    void takesWhatATopicMayStartWith(String prefix) throws ConfigurationException {
        assertThat(with("mqtt.topic_prefix", prefix).mqtt().topicPrefix()).isEqualTo(prefix);
        assertThat(with("home_assistant.discovery_prefix", prefix)
                        .homeAssistant()
                        .discoveryPrefix())
                .isEqualTo(prefix);
    }

    @Test
    void refusesAPrefixWithAWildcard() {
        assertPrefixProblem("home/#", "home/# contains the wildcard #; use a name without # and +");
        assertPrefixProblem("a/+/b", "a/+/b contains the wildcard +; use a name without # and +");
    }

    @Test
    void refusesAPrefixWithASlashAtAnEnd() {
        assertPrefixProblem("/home", "/home starts or ends with /; remove that /");
        assertPrefixProblem("home/", "home/ starts or ends with /; remove that /");
    }

    @Test
    void refusesABlankAtAnEndOfATopicOrAClientId() {
        assertPrefixProblem(" lightnvr", " lightnvr starts or ends with a blank; remove that blank");
        assertPrefixProblem("lightnvr\u00a0 ", "lightnvr\u00a0  starts or ends with a blank; remove that blank");
        assertThat(problemsWith("home_assistant.birth_topic", "ha/birth "))
                .containsExactly(
                        "home_assistant.birth_topic: ha/birth  starts or ends with a blank; remove that blank");
        assertThat(problemsWith("mqtt.client_id", " bridge"))
                .containsExactly("mqtt.client_id:  bridge starts or ends with a blank; remove that blank");
    }

    @Test
    void refusesAnEmptyPrefix() {
        assertPrefixProblem("", "is empty; set a value, or remove the line");
    }

    @Test
    void refusesAPrefixWithControlCharacters() {
        assertPrefixProblem("a\0b", "a?b contains a control character; remove that character");
        assertPrefixProblem("a\nb", "a?b contains a control character; remove that character");
        assertPrefixProblem("a\u0085b", "a?b contains a control character; remove that character");
    }

    @Test
    void refusesAPrefixOfTheBrokersOwn() {
        assertPrefixProblem(
                "$SYS", "$SYS starts with $, which brokers reserve for themselves; start with another character");
    }

    @Test
    void refusesAPrefixThatLeavesNoRoomForAStream() {
        assertPrefixProblem("a".repeat(1_025), "a".repeat(80) + "... is too long; use at most 1024 bytes");
    }

    @Test
    void takesOnlyATopicWithoutWildcardAsBirthTopic() throws ConfigurationException {
        assertThat(with("home_assistant.birth_topic", "ha/birth")
                        .homeAssistant()
                        .birthTopic())
                .isEqualTo("ha/birth");
        assertThat(problemsWith("home_assistant.birth_topic", "homeassistant/#"))
                .containsExactly("home_assistant.birth_topic: homeassistant/# contains the wildcard #;"
                        + " use a name without # and +");
        assertThat(problemsWith("home_assistant.birth_topic", ""))
                .containsExactly("home_assistant.birth_topic: is empty; set a value, or remove the line");
    }

    @Test
    void countsAClientIdInBytes() throws ConfigurationException {
        String longest = "ü".repeat(32_767) + "x";

        assertThat(with("mqtt.client_id", longest).mqtt().clientId()).isEqualTo(longest);
        assertThat(problemsWith("mqtt.client_id", longest + "x"))
                .containsExactly("mqtt.client_id: " + "ü".repeat(80) + "... is too long; use at most 65535 bytes");
    }

    @Test
    void refusesAClientIdThatMqttCannotSend() {
        assertThat(problemsWith("mqtt.client_id", ""))
                .containsExactly("mqtt.client_id: is empty; set a value, or remove the line");
        assertThat(problemsWith("mqtt.client_id", "a\u0007"))
                .containsExactly("mqtt.client_id: a? contains a control character; remove that character");
        assertThat(problemsWith("mqtt.client_id", "a\uD800"))
                .containsExactly(
                        "mqtt.client_id: a? contains half a character, which UTF-8 cannot encode; type it again");
    }

    @Test
    void takesAnInstanceIdOfHomeAssistantsLetters() throws ConfigurationException {
        assertThat(with("home_assistant.instance_id", "Garage_2-b")
                        .homeAssistant()
                        .instanceId())
                .isEqualTo("Garage_2-b");
        assertThat(problemsWith("home_assistant.instance_id", "my garage"))
                .containsExactly("home_assistant.instance_id: my garage is not an id;"
                        + " use letters a to z and A to Z, digits, _ and -");
    }

    @Test
    void saysNothingOfARefusedSecret() {
        assertThat(problemsWith("nvr.api_key", "hunter 2"))
                .containsExactly(
                        "nvr.api_key: contains a character that no API key has; copy the key from the recorder again");
        assertThat(problemsWith("mqtt.password", "hunter2\uDC00"))
                .contains("mqtt.password: contains half a character, which UTF-8 cannot encode; type it again");
        assertThat(problemsWith("mqtt.password", "hunter2".repeat(10_000)))
                .contains("mqtt.password: is too long; use at most 65535 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hunter22", " hunter2", "пароль42", "\uD83D\uDD11\uD83D\uDD11\uD83D\uDD11\uD83D\uDD11abcd"})
    void takesAPasswordOfThePageThatIsLongEnough(String password) throws ConfigurationException {
        assertThat(with("web.password", password).web().password()).contains(new Secret(password));
    }

    @Test
    void refusesAPasswordOfThePageThatNobodyCanTypeOrGuessesAtOnce() {
        assertPagePasswordProblem("hunter2", "is too short; use at least 8 characters");
        assertPagePasswordProblem(
                "\uD83D\uDD11\uD83D\uDD11\uD83D\uDD11\uD83D\uDD11", "is too short; use at least 8 characters");
        assertPagePasswordProblem("hunter22\n", "contains a control character; remove that character");
        assertPagePasswordProblem(
                "hunter22\uDC00", "contains half a character, which UTF-8 cannot encode; type it again");
        assertPagePasswordProblem("h".repeat(1_025), "is too long; use at most 1024 bytes");
    }

    private static void assertPagePasswordProblem(String password, String problem) {
        assertThat(problemsWith("web.password", password)).containsExactly("web.password: " + problem);
    }

    @Test
    void dropsWhiteSpaceAroundAnApiKey() throws ConfigurationException {
        Configuration configuration =
                ConfigurationReader.of(Map.of("nvr.url", "http://nvr", "nvr.api_key", " abc123\n"));

        assertThat(configuration.requireNvr().apiKey()).contains(new Secret("abc123"));
    }

    @Test
    void leavesAPasswordAsItIs() throws ConfigurationException {
        Configuration configuration =
                ConfigurationReader.of(Map.of("mqtt.username", "bob", "mqtt.password", " p\t#;\"ü "));

        assertThat(configuration.mqtt().password()).contains(new Secret(" p\t#;\"ü "));
    }

    private static void assertPrefixProblem(String prefix, String problem) {
        for (String option : PREFIXES) {
            assertThat(problemsWith(option, prefix)).containsExactly(option + ": " + problem);
        }
    }
}
