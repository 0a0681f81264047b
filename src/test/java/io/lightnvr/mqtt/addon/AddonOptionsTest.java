package io.lightnvr.mqtt.addon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.config.ConfigurationReader;
import io.lightnvr.mqtt.config.Loaded;
import io.lightnvr.mqtt.config.Option;
import io.lightnvr.mqtt.config.Options;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The options of the add-on's form, as the program reads them. */
class AddonOptionsTest {

    /** What nobody needs to change in an add-on. */
    private static final Set<String> LEFT_OUT = Set.of(
            "mqtt.enabled",
            "mqtt.client_id",
            "mqtt.keepalive",
            "mqtt.max_inflight",
            "home_assistant.instance_id",
            "outbox.max_events");

    private static final JsonNode MANIFEST = AddonFiles.manifest();
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @Test
    void areThoseOfTheProgramButForTheOnesLeftOut() {
        Set<String> known = Options.all().stream().map(Option::key).collect(Collectors.toCollection(TreeSet::new));
        known.removeAll(LEFT_OUT);

        assertThat(AddonFiles.leaves(MANIFEST.path("schema")).keySet()).isEqualTo(known);
    }

    @Test
    void needNoEdit() throws Exception {
        Loaded loaded = read((ObjectNode) MANIFEST.path("options"));

        Configuration defaults =
                ConfigurationReader.defaults("http://89b4fac5-lightnvr:7800").configuration();
        assertThat(loaded.notes()).isEmpty();
        assertThat(loaded.configuration()).isEqualTo(defaults);
    }

    @ParameterizedTest
    @MethodSource("valuesThatTheFormTakes")
    void areTakenByTheProgramAsTheFormTakesThem(Value value) throws Exception {
        ObjectNode options = MANIFEST.path("options").deepCopy();
        ObjectNode group = value.key().contains(".")
                ? (ObjectNode) options.path(value.key().split("\\.")[0])
                : options;
        group.set(value.key().replaceFirst("^.*\\.", ""), value.json());
        // A password alone is half a login.
        Stream.of("nvr", "mqtt").forEach(login -> ((ObjectNode) options.path(login)).put("username", "anna"));

        assertThat(read(options).configuration()).isNotNull();
    }

    private Loaded read(ObjectNode options) throws Exception {
        Path file = folder.resolve("options.json");
        JSON.writeValue(file.toFile(), options);
        return ConfigurationReader.read(file, Optional.empty());
    }

    /** One value of one option. */
    record Value(String key, JsonNode json) {}

    static Stream<Value> valuesThatTheFormTakes() {
        return AddonFiles.leaves(MANIFEST.path("schema")).entrySet().stream()
                .flatMap(option -> values(option.getValue()).map(json -> new Value(option.getKey(), json(json))));
    }

    private static Stream<String> values(JsonNode schema) {
        if (schema.isArray()) {
            return Stream.concat(Stream.of("[]"), values(schema.path(0)).map(value -> "[" + value + "]"));
        }
        String type = schema.asText().replaceFirst("\\?$", "");
        List<String> range = List.of(type.replaceAll("^\\w+\\(|\\)$", "").split("[|,]"));
        return switch (type.replaceFirst("\\(.*", "")) {
            case "bool" -> Stream.of("true", "false");
            case "port" -> Stream.of("1", "65535");
            case "url" -> Stream.of("\"http://192.168.1.20:8080\"");
            case "int", "float" -> range.stream();
            case "list" -> range.stream().map(AddonOptionsTest::quoted);
            case "str", "password" -> type.endsWith("(1,)") ? Stream.of("\"text\"") : Stream.of("\"text\"", "\"\"");
            case "match" ->
                Stream.of("/ssl/ca.pem", "60", "90s", "2m", "12h", "1d", "vehicle: car, truck", "vehicle: 2m")
                        .filter(text -> text.matches(range.get(0)))
                        .map(AddonOptionsTest::quoted);
            default -> throw new AssertionError("Which values has " + type + "?");
        };
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
