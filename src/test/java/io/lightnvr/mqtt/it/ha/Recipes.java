package io.lightnvr.mqtt.it.ha;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.lightnvr.mqtt.it.Document;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The project's recipes for Home Assistant, and what a person does with them. */
final class Recipes {

    static final Path PROJECT = Path.of(System.getProperty("basedir", "")).toAbsolutePath();

    /** The files to copy, paste or import. */
    static final Path FILES = PROJECT.resolve("docs/recipes/home-assistant");

    static final Document PAGE = page("home-assistant.md");

    /**
     * A notifier with the name of a telephone, since a telephone cannot be had. It shows what it is told as a notice, and
     * takes what every notifier takes.
     */
    static final String TELEPHONE = "mobile_app_my_phone";

    /** What makes that notifier. */
    static final String NOTIFIER =
            "notify: [{platform: group, name: " + TELEPHONE + ", services: [{action: persistent_notification}]}]\n";

    /** Where a dashboard is put. */
    static final String DASHBOARD = "lightnvr-cameras";

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private Recipes() {}

    /** A page about a subject. */
    static Document page(String name) {
        return Document.of(PROJECT.resolve("docs/recipes").resolve(name));
    }

    /** A file as it is. */
    static String text(String file) {
        try {
            return Files.readString(FILES.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, Object> yaml(String text) {
        try {
            return YAML.readValue(text, new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An automation made of a blueprint. */
    static Map<String, Object> use(String blueprint, Map<String, ?> input) {
        return Map.of("use_blueprint", Map.of("path", blueprint, "input", input));
    }

    /** What the telephone was told first. */
    static JsonNode awaitTelephone(HomeAssistant homeAssistant) {
        return homeAssistant
                .events()
                .await(
                        "a notification",
                        event -> event.type().equals("call_service")
                                && event.data().path("service").asText().equals(TELEPHONE))
                .data()
                .path("service_data");
    }

    /** Makes a new dashboard and replaces its raw configuration; what it then holds. */
    static JsonNode saveDashboard(HomeAssistant homeAssistant, String file) {
        homeAssistant.ask(
                "lovelace/dashboards/create", Map.of("url_path", DASHBOARD, "title", "Cameras", "mode", "storage"));
        homeAssistant.ask("lovelace/config/save", Map.of("url_path", DASHBOARD, "config", yaml(text(file))));
        return homeAssistant.ask("lovelace/config", Map.of("url_path", DASHBOARD));
    }
}
