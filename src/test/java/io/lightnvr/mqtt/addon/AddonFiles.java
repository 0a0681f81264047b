package io.lightnvr.mqtt.addon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The add-on's files, as the Supervisor finds them in the repository's root. */
final class AddonFiles {

    private static final YAMLMapper YAML = new YAMLMapper();

    private AddonFiles() {}

    static JsonNode manifest() {
        return yaml(Path.of("config.yaml"));
    }

    /** The translations, by language. */
    static Map<String, JsonNode> translations() {
        Map<String, JsonNode> translations = new TreeMap<>();
        files(Path.of("translations"))
                .forEach(file -> translations.put(file.getFileName().toString().replace(".yaml", ""), yaml(file)));
        return translations;
    }

    static JsonNode yaml(Path file) {
        try {
            return YAML.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All files below a folder. */
    static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The leaves of a tree of options, by their keys such as {@code mqtt.qos}; a list is a leaf, unless its entries have options, such
     * as {@code recorders[].url}.
     *
     * @param tree {@code options} or {@code schema} of the manifest
     */
    static Map<String, JsonNode> leaves(JsonNode tree) {
        Map<String, JsonNode> leaves = new TreeMap<>();
        tree.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            if (value.isObject()) {
                leaves(value).forEach((key, leaf) -> leaves.put(entry.getKey() + "." + key, leaf));
            } else if (value.path(0).isObject()) {
                leaves(value.path(0)).forEach((key, leaf) -> leaves.put(entry.getKey() + "[]." + key, leaf));
            } else {
                leaves.put(entry.getKey(), entry.getValue());
            }
        });
        return leaves;
    }
}
