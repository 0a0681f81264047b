package io.lightnvr.mqtt.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.it.Document;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void standInTheReadme() {
        assertThat(Document.readme().firstColumn("## Configuration"))
                .containsExactlyInAnyOrderElementsOf(
                        Options.all().stream().map(Option::key).toList());
    }

    @Test
    void areTheDocumentedOnes() {
        assertThat(Options.all())
                .extracting(Option::key)
                .containsExactly(
                        "nvr.url",
                        "nvr.username",
                        "nvr.password",
                        "nvr.api_key",
                        "mqtt.enabled",
                        "mqtt.broker_host",
                        "mqtt.broker_port",
                        "mqtt.username",
                        "mqtt.password",
                        "mqtt.client_id",
                        "mqtt.topic_prefix",
                        "mqtt.tls_enabled",
                        "mqtt.keepalive",
                        "mqtt.qos",
                        "mqtt.retain",
                        "mqtt.tls_ca_file",
                        "mqtt.tls_cert_file",
                        "mqtt.tls_key_file",
                        "mqtt.tls_key_password",
                        "mqtt.max_inflight",
                        "home_assistant.discovery",
                        "home_assistant.discovery_prefix",
                        "home_assistant.birth_topic",
                        "home_assistant.instance_id",
                        "home_assistant.clear_after",
                        "home_assistant.groups",
                        "home_assistant.group_clear_after",
                        "home_assistant.images",
                        "home_assistant.forget_after",
                        "detections.labels",
                        "detections.min_confidence",
                        "detections.streams",
                        "detections.ignore_streams",
                        "outbox.max_events",
                        "outbox.max_age",
                        "outbox.drain_rate",
                        "catch_up.max_age",
                        "log_level");
    }

    @Test
    void matchTheComponentsOfTheModel() {
        List<String> ofTheModel = Stream.of(
                        Configuration.Nvr.class,
                        Configuration.Mqtt.class,
                        Configuration.HomeAssistant.class,
                        Configuration.Detections.class,
                        Configuration.Outbox.class,
                        Configuration.CatchUp.class)
                .flatMap(type -> Arrays.stream(type.getRecordComponents()))
                .map(RecordComponent::getName)
                .toList();

        List<String> ofTheTable = Options.all().stream()
                .filter(option -> !option.section().isEmpty())
                .map(option -> camelCase(option.name()))
                .toList();

        assertThat(ofTheTable).containsExactlyInAnyOrderElementsOf(ofTheModel);
    }

    @Test
    void keepEveryPasswordAndKeySecret() {
        assertThat(Options.all().stream().filter(option -> option.type() == OptionType.SECRET))
                .extracting(Option::key)
                .containsExactly("nvr.password", "nvr.api_key", "mqtt.password", "mqtt.tls_key_password");
    }

    @Test
    void haveFallbacksWhereNothingElseDecides() {
        assertThat(Options.all().stream().filter(option -> option.fallback().isEmpty()))
                .extracting(Option::key)
                .containsExactly(
                        "nvr.url",
                        "nvr.username",
                        "nvr.password",
                        "nvr.api_key",
                        "mqtt.broker_host",
                        "mqtt.broker_port",
                        "mqtt.username",
                        "mqtt.password",
                        "mqtt.tls_ca_file",
                        "mqtt.tls_cert_file",
                        "mqtt.tls_key_file",
                        "mqtt.tls_key_password",
                        "home_assistant.instance_id");
    }

    private static String camelCase(String name) {
        StringBuilder camel = new StringBuilder();
        for (String word : name.split("_")) {
            camel.append(camel.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return camel.toString();
    }
}
