package io.lightnvr.mqtt.it.recipes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lightnvr.mqtt.documents.RecipeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * A file of {@code docs/recipes/node-red} that people import.
 *
 * @param name without its ending
 * @param text to the letter
 */
record FlowFile(String name, String text) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FOLDER = RecipeFile.PERSON_AT_NIGHT.path().getParent();
    private static final String ENDING = ".json";

    static FlowFile of(RecipeFile file) {
        return new FlowFile(file.fileName().replace(ENDING, ""), file.text());
    }

    /** All that there are. */
    static List<FlowFile> all() {
        return Arrays.stream(RecipeFile.values())
                .filter(file -> file.path().startsWith(FOLDER))
                .map(FlowFile::of)
                .toList();
    }

    /** Where its picture is. */
    Path picture() {
        return FOLDER.resolve(name + ".png");
    }

    /** Everything in it: tabs, groups, nodes, the broker. */
    List<JsonNode> parts() {
        return StreamSupport.stream(read().spliterator(), false).toList();
    }

    /** Its parts of one type. */
    List<JsonNode> parts(String type) {
        return parts().stream()
                .filter(part -> part.path("type").asText().equals(type))
                .toList();
    }

    /** The id of a node. */
    String id(String node) {
        return parts().stream()
                .filter(part -> part.path("name").asText().equals(node))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " has no node " + node))
                .path("id")
                .asText();
    }

    /** As it is after somebody has changed an environment variable of its tab. */
    FlowFile with(String variable, String value) {
        JsonNode flow = read();
        for (JsonNode setting : flow.path(0).path("env")) {
            if (setting.path("name").asText().equals(variable)) {
                ((ObjectNode) setting).put("value", value);
                return new FlowFile(name, flow.toString());
            }
        }
        throw new AssertionError(name + " has no environment variable " + variable);
    }

    private JsonNode read() {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " holds no JSON", e);
        }
    }
}
