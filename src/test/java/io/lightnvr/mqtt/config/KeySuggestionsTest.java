package io.lightnvr.mqtt.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeySuggestionsTest {

    @ParameterizedTest
    @CsvSource({
        "mqtt,brokr_host,mqtt.broker_host",
        "mqtt,brokerHost,mqtt.broker_host",
        "mqtt,broker-host,mqtt.broker_host",
        "mqtt,host,mqtt.broker_host",
        "mqtt,port,mqtt.broker_port",
        "mqtt,QoS,mqtt.qos",
        "mqtt,keep_alive,mqtt.keepalive",
        "mqtt,user,mqtt.username",
        "nvr,apikey,nvr.api_key",
        "'',home-assistant,home_assistant",
        "'',homeassistant,home_assistant",
        "'',detection,detections",
        "'',loglevel,log_level"
    })
    void suggestsTheNearestOfTheSameSection(String section, String typed, String meant) {
        assertThat(KeySuggestions.meant(section, typed)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({
        "'',topic_prefix,mqtt.topic_prefix",
        "'',broker_host,mqtt.broker_host",
        "mqtt,clear_after,home_assistant.clear_after",
        "mqtt,api_key,nvr.api_key",
        "home_assistant,labels,detections.labels"
    })
    void suggestsTheRightSectionForAMisplacedKey(String section, String typed, String meant) {
        assertThat(KeySuggestions.meant(section, typed)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"mqtt,ha_snapshot_interval", "mqtt,server", "nvr,x", "'',cameras"})
    void suggestsNothingForWhatIsNothingLikeIt(String section, String typed) {
        assertThat(KeySuggestions.meant(section, typed)).isEmpty();
    }

    @Test
    void listsTheOptionsWhereNoneIsNear() {
        assertThat(KeySuggestions.advice("nvr", "cameras")).startsWith("use one of name, url, username, password");
        assertThat(KeySuggestions.advice("", "cameras"))
                .startsWith("use one of nvr, mqtt, home_assistant")
                .endsWith("log_level, recorders");
    }

    @Test
    void hidesAKeyThatMayBeASecret() {
        assertThat(KeySuggestions.shown("password:hunter2")).isEqualTo("***");
        assertThat(KeySuggestions.advice("mqtt", "password:hunter2"))
                .isEqualTo("write each option as name: value, with a space after the colon");
    }
}
