package io.lightnvr.mqtt.config;

import java.util.List;
import java.util.Map;

/** A piece of a JSON or YAML file. */
sealed interface Node {

    /**
     * One value.
     *
     * @param text as the file has it: a password {@code 0123} keeps its zero
     */
    record Scalar(String text) implements Node {}

    record Items(List<Node> items) implements Node {}

    /**
     * @param entries in the order of the file
     */
    record Section(Map<String, Node> entries) implements Node {}

    /** A null, or a YAML key with nothing behind it. */
    record Nothing() implements Node {}
}
