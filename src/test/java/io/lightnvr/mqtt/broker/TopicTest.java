package io.lightnvr.mqtt.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TopicTest {

    @Test
    void takesWhatMqttTakes() {
        assertThat(new Topic("lightnvr/detections/前門")).hasToString("lightnvr/detections/前門");
    }

    @Test
    void refusesWildcardsAndSaysWhere() {
        assertThatThrownBy(() -> new Topic("abc/+"))
                .hasMessage("Topic [abc/+] must not contain the wildcard +, found at index 4");
        assertThatThrownBy(() -> new Topic("#"))
                .hasMessage("Topic [#] must not contain the wildcard #, found at index 0");
    }

    @Test
    void refusesNothingAndTheNullCharacter() {
        assertThatThrownBy(() -> new Topic("")).hasMessage("A topic must not be empty");
        assertThatThrownBy(() -> new Topic("a\0")).hasMessageContaining("the null character, found at index 1");
    }

    @Test
    void countsBytesNotCharacters() {
        assertThat(new Topic("x".repeat(65_535)).name()).hasSize(65_535);
        assertThatThrownBy(() -> new Topic("ü".repeat(32_768)))
                .hasMessage("A topic has at most 65,535 bytes, this one has 65536");
    }
}
