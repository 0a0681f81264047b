package io.lightnvr.mqtt.config;

import static io.lightnvr.mqtt.config.Reading.problemsWith;
import static io.lightnvr.mqtt.config.Reading.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextRulesTest {

    private static final List<Option<String>> PREFIXES = List.of(Options.TOPIC_PREFIX, Options.DISCOVERY_PREFIX);

    @ParameterizedTest
    @ValueSource(strings = {"lightnvr", "home/nvr", "Tür 1", "a//b", "前門", "a$"})
    void takesWhatATopicMayStartWith(String prefix) throws ConfigurationException {
        assertThat(with(Options.TOPIC_PREFIX, prefix).mqtt().topicPrefix()).isEqualTo(prefix);
        assertThat(with(Options.DISCOVERY_PREFIX, prefix).homeAssistant().discoveryPrefix())
                .isEqualTo(prefix);
    }

    @Test
    void refusesAPrefixWithAWildcard() {
        assertPrefixProblem("home/#", "home/# holds the wildcard #; use a name without # and +");
        assertPrefixProblem("a/+/b", "a/+/b holds the wildcard +; use a name without # and +");
    }

    @Test
    void refusesAPrefixWithASlashAtAnEnd() {
        assertPrefixProblem("/home", "/home has a / at an end; leave that / away");
        assertPrefixProblem("home/", "home/ has a / at an end; leave that / away");
    }

    @Test
    void refusesAnEmptyPrefix() {
        assertPrefixProblem("", "is empty; give it a name, or leave the line away");
    }

    @Test
    void refusesAPrefixWithControlCharacters() {
        assertPrefixProblem("a\0b", "a?b holds a control character; leave that character away");
        assertPrefixProblem("a\nb", "a?b holds a control character; leave that character away");
        assertPrefixProblem("a\u0085b", "a?b holds a control character; leave that character away");
    }

    @Test
    void refusesAPrefixOfTheBrokersOwn() {
        assertPrefixProblem(
                "$SYS", "$SYS begins with $, which brokers keep for themselves; begin with another character");
    }

    @Test
    void refusesAPrefixThatLeavesNoRoomForAStream() {
        assertPrefixProblem("a".repeat(1_025), "a".repeat(80) + "... is too long; use at most 1024 bytes");
    }

    @Test
    void takesOnlyATopicWithoutWildcardAsBirthTopic() throws ConfigurationException {
        assertThat(with(Options.BIRTH_TOPIC, "ha/birth").homeAssistant().birthTopic())
                .isEqualTo("ha/birth");
        assertThat(problemsWith(Options.BIRTH_TOPIC, "homeassistant/#"))
                .containsExactly("home_assistant.birth_topic: homeassistant/# holds the wildcard #;"
                        + " use a name without # and +");
        assertThat(problemsWith(Options.BIRTH_TOPIC, ""))
                .containsExactly("home_assistant.birth_topic: is empty; give it a name, or leave the line away");
    }

    @Test
    void countsAClientIdInBytes() throws ConfigurationException {
        String longest = "ü".repeat(32_767) + "x";

        assertThat(with(Options.CLIENT_ID, longest).mqtt().clientId()).isEqualTo(longest);
        assertThat(problemsWith(Options.CLIENT_ID, longest + "x"))
                .containsExactly("mqtt.client_id: " + "ü".repeat(80) + "... is too long; use at most 65535 bytes");
    }

    @Test
    void refusesAClientIdThatMqttCannotSend() {
        assertThat(problemsWith(Options.CLIENT_ID, ""))
                .containsExactly("mqtt.client_id: is empty; give it a name, or leave the line away");
        assertThat(problemsWith(Options.CLIENT_ID, "a\u0007"))
                .containsExactly("mqtt.client_id: a? holds a control character; leave that character away");
        assertThat(problemsWith(Options.CLIENT_ID, "a\uD800"))
                .containsExactly("mqtt.client_id: a? holds half a character, which UTF-8 cannot write; type it anew");
    }

    @Test
    void takesAnInstanceIdOfHomeAssistantsLetters() throws ConfigurationException {
        assertThat(with(Options.INSTANCE_ID, "Garage_2-b").homeAssistant().instanceId())
                .isEqualTo("Garage_2-b");
        assertThat(problemsWith(Options.INSTANCE_ID, "my garage"))
                .containsExactly("home_assistant.instance_id: my garage is not an id;"
                        + " use letters a to z and A to Z, digits, _ and -");
    }

    @Test
    void saysNothingOfARefusedSecret() {
        assertThat(problemsWith(Options.NVR_API_KEY, "hunter 2"))
                .containsExactly(
                        "nvr.api_key: holds a character that no API key has;" + " copy the key from the recorder anew");
        assertThat(problemsWith(Options.PASSWORD, "hunter2\uDC00"))
                .contains("mqtt.password: holds half a character, which UTF-8 cannot write; type it anew");
        assertThat(problemsWith(Options.PASSWORD, "hunter2".repeat(10_000)))
                .contains("mqtt.password: is too long for MQTT; use at most 65535 bytes");
    }

    @Test
    void dropsWhiteSpaceAroundAnApiKey() {
        Validated<Secret> verdict = TextRules.apiKey().judge().apply(List.of(" abc123\n"));

        assertThat(verdict).isEqualTo(new Validated.Accepted<>(new Secret("abc123")));
    }

    @Test
    void leavesAPasswordAsItIs() {
        Validated<Secret> verdict = TextRules.password().judge().apply(List.of(" p\t#;\"ü "));

        assertThat(verdict).isEqualTo(new Validated.Accepted<>(new Secret(" p\t#;\"ü ")));
    }

    private static void assertPrefixProblem(String prefix, String problem) {
        for (Option<String> option : PREFIXES) {
            assertThat(problemsWith(option, prefix)).containsExactly(option.key() + ": " + problem);
        }
    }
}
