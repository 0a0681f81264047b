package io.lightnvr.mqtt.it.ha;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.lightnvr.mqtt.documents.RecipeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The project's recipes for Home Assistant, and what a person does with them. */
final class Recipes {

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

    private static final String PHONE = "my_phone";

    private Recipes() {}

    /** A device with the name of the notifier's phone; its id, as a person chooses it under "Phones". */
    static String addPhone(House house, HomeAssistant homeAssistant) {
        Map<String, ?> device = Map.of("identifiers", List.of(PHONE), "name", "My phone");
        house.retain(
                "homeassistant/sensor/my_phone/config",
                Json.write(Map.of(
                        "name", "Battery", "unique_id", PHONE, "state_topic", PHONE + "/battery", "device", device)));
        homeAssistant.awaitState("sensor.my_phone_battery", "unknown");
        return homeAssistant.registry().device(PHONE).id();
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

    /** Copies a blueprint to where {@link #use} finds it by its file's name. */
    static void copy(HomeAssistant homeAssistant, RecipeFile blueprint) {
        Path folder = homeAssistant.folder().resolve("blueprints/automation");
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(blueprint.fileName()), blueprint.text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
    static JsonNode saveDashboard(HomeAssistant homeAssistant) {
        homeAssistant.ask(
                "lovelace/dashboards/create", Map.of("url_path", DASHBOARD, "title", "Cameras", "mode", "storage"));
        homeAssistant.ask(
                "lovelace/config/save", Map.of("url_path", DASHBOARD, "config", yaml(RecipeFile.DASHBOARD.text())));
        return homeAssistant.ask("lovelace/config", Map.of("url_path", DASHBOARD));
    }
}
