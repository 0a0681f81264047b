package io.lightnvr.mqtt.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionsInForceTest {

    private static Map<String, String> inForce(Map<String, String> options) throws ConfigurationException {
        return OptionsInForce.of(ConfigurationReader.of(options));
    }

    @Test
    void showsTheDefaultsAsAUserWritesThem() throws ConfigurationException {
        assertThat(inForce(Map.of("nvr.url", "http://recorder:8080")))
                .containsEntry("nvr.url", "http://recorder:8080")
                .containsEntry("mqtt.topic_prefix", "lightnvr")
                .containsEntry("mqtt.keepalive", "1m")
                .containsEntry("home_assistant.clear_after", "30s")
                .containsEntry("home_assistant.snapshots", "off")
                .containsEntry("home_assistant.forget_after", "10m")
                .containsEntry("detections.min_confidence", "0")
                .containsEntry("outbox.max_age", "24h")
                .containsEntry("visits.cooldown", "0")
                .containsEntry("web.port", "off")
                .containsEntry("mqtt.tls_enabled", "false")
                .containsEntry("web.bind", "127.0.0.1")
                .containsEntry("visits.enabled", "true")
                .containsEntry("log_level", "info")
                .containsEntry("catch_up.max_age", "1h");
    }

    @Test
    void leavesOutWhatHasNoValue() throws ConfigurationException {
        assertThat(inForce(Map.of()))
                .doesNotContainKeys(
                        "nvr.url", "mqtt.username", "mqtt.password", "mqtt.tls_ca_file", "detections.streams");
    }

    @Test
    void hasTheOrderOfTheDeclaration() throws ConfigurationException {
        assertThat(inForce(Map.of("nvr.url", "http://recorder:8080")).keySet().stream()
                        .map(key -> key.replaceAll("\\..*", ""))
                        .distinct())
                .containsExactly(
                        "nvr",
                        "mqtt",
                        "home_assistant",
                        "detections",
                        "outbox",
                        "catch_up",
                        "visits",
                        "web",
                        "log_level");
    }

    @Test
    void hidesEverySecret() throws ConfigurationException {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("nvr.url", "http://recorder:8080");
        options.put("nvr.username", "hans");
        options.put("nvr.password", "geheim-1");
        options.put("nvr.api_key", "geheim-2");
        options.put("nvr.events_broker", "mqtt://hans:geheim-3@broker:1883");
        options.put("mqtt.username", "hans");
        options.put("mqtt.password", "geheim-4");
        options.put("web.password", "geheim-5-is-long");

        Map<String, String> shown = inForce(options);

        assertThat(shown.toString()).doesNotContain("geheim");
        assertThat(shown)
                .containsEntry("nvr.password", "(hidden)")
                .containsEntry("nvr.api_key", "(hidden)")
                .containsEntry("nvr.events_broker", "(hidden)")
                .containsEntry("mqtt.password", "(hidden)")
                .containsEntry("web.password", "(hidden)")
                .containsEntry("nvr.username", "hans");
    }

    @Test
    void joinsWhatHasSeveralValues() throws ConfigurationException {
        String shown = inForce(Map.of("detections.labels", "person, car")).get("detections.labels");

        assertThat(shown.split(", ")).containsExactlyInAnyOrder("person", "car");
    }
}
