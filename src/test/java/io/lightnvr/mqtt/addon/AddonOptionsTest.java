package io.lightnvr.mqtt.addon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.config.ConfigurationReader;
import io.lightnvr.mqtt.config.LoadedConfiguration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The options of the add-on's form, as the program reads them. */
class AddonOptionsTest {

    /** Options that nobody needs to change in an add-on, whose page Home Assistant opens. */
    static final Set<String> LEFT_OUT = Set.of(
            "mqtt.enabled",
            "mqtt.client_id",
            "mqtt.keepalive",
            "mqtt.max_inflight",
            "home_assistant.instance_id",
            "recorders[].instance_id",
            "outbox.max_events",
            "web.port",
            "web.bind",
            "web.password");

    /** What people could type, wrong things and those at the edges among it. */
    private static final List<String> TEXTS = List.of(
            ("barn|house_2|Barn|_barn|0|1|59|60|99|9999|10000|86400|99999|999999|1000000|0s|1s|59s|60s|90s|9999s|0m|1m|2m|999m|1000m|1441m|9999m"
                            + "|1h|12h|24h|25h|699h|720h|721h|1d|2d|30d|31d|-1|1.5|m|a: x2m|5 m|x"
                            + "|vehicle: 2m|vehicle:2m|vehicle: 0|vehicle: 2d|vehicle: car, truck|vehicle: , car|vehicle: ,"
                            + "|vehicle:|: car|motion: x|other:x|Vehicle: car|motion_2: x"
                            + "|home|home/nvr|/home|home/|home/#|a+b|$SYS| |  home|home |Tür 1|homeassistant/status"
                            + "|/ssl/ca.pem|/etc/ca.pem|/ssl/"
                            + "|mqtt://u%40:p@192.168.1.10:1883|mqtts://broker|mqtt://|mqtt://a b@c|mqtt://[::1]|http://x|mqtt://x:0")
                    .split("\\|"));

    private static final JsonNode MANIFEST = AddonFiles.manifest();
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @Test
    void needNoEdit() throws Exception {
        LoadedConfiguration loaded = read((ObjectNode) MANIFEST.path("options"));

        Configuration defaults =
                ConfigurationReader.defaults("http://89b4fac5-lightnvr:7800").configuration();
        assertThat(loaded.notes()).isEmpty();
        assertThat(loaded.configuration()).isEqualTo(defaults);
    }

    @ParameterizedTest
    @MethodSource("valuesThatTheFormTakes")
    void areTakenByTheProgramAsTheFormTakesThem(Value value) throws Exception {
        ObjectNode options = MANIFEST.path("options").deepCopy();
        // For the Supervisor's broker a certificate would have to be there.
        ((ObjectNode) options.path("mqtt")).put("broker_host", "broker");
        ObjectNode group = groupOf(value.key(), options);
        group.set(value.key().replaceFirst("^.*\\.", ""), value.json());
        // A password alone is half a login.
        Stream.of("nvr", "mqtt").forEach(login -> ((ObjectNode) options.path(login)).put("username", "anna"));

        assertThat(read(options).recorders())
                .allMatch(recorder -> recorder.configuration().isPresent());
    }

    private static ObjectNode groupOf(String key, ObjectNode options) {
        if (key.startsWith("recorders[].")) {
            return options.withArray("recorders")
                    .addObject()
                    .put("name", "barn")
                    .put("url", "http://barn")
                    .put("username", "anna");
        }
        return key.contains(".") ? (ObjectNode) options.path(key.split("\\.")[0]) : options;
    }

    private LoadedConfiguration read(ObjectNode options) throws Exception {
        Path file = folder.resolve("options.json");
        JSON.writeValue(file.toFile(), options);
        return ConfigurationReader.read(file, Optional.empty());
    }

    /** One value of one option. */
    record Value(String key, JsonNode json) {}

    static Stream<Value> valuesThatTheFormTakes() {
        return AddonFiles.leaves(MANIFEST.path("schema")).entrySet().stream()
                // A secret with a form of its own, which no form can check.
                .filter(option -> !option.getKey().endsWith(".events_broker"))
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
            case "str", "password" -> Stream.of("\"text\"", "\"\"");
            case "match" -> taken(type.substring("match(".length(), type.length() - 1));
            default -> throw new AssertionError("Which values has " + type + "?");
        };
    }

    private static Stream<String> taken(String pattern) {
        List<String> taken =
                TEXTS.stream().filter(text -> text.matches(pattern)).toList();
        assertThat(taken).as("texts like %s", pattern).hasSizeBetween(1, TEXTS.size() - 1);
        return taken.stream().map(AddonOptionsTest::quoted);
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
