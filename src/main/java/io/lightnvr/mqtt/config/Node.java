package io.lightnvr.mqtt.config;

import java.util.List;
import java.util.Map;

/** A node of a JSON or YAML file. */
sealed interface Node {

    /**
     * A single value.
     *
     * @param text as written: a password {@code 0123} keeps its zero
     */
    record Scalar(String text) implements Node {}

    record Sequence(List<Node> items) implements Node {}

    /**
     * @param entries in the order of the file
     */
    record Mapping(Map<String, Node> entries) implements Node {}

    /**
     * A null, or a YAML key without a value.
     *
     * @param writtenAt where a YAML file says null by a word or {@code ~}, which may be meant as a text; else empty
     */
    record Null(String writtenAt) implements Node {

        Null() {
            this("");
        }
    }
}
