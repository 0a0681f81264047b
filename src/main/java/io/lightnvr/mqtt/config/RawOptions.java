package io.lightnvr.mqtt.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a user gave for which option, not yet judged, and what was found wrong on the way. Made by one thread. */
final class RawOptions {

    /**
     * @param key the option as the user spelled it, for the error texts
     */
    record Entry(String key, Node node) {}

    private final Map<Option<?>, Entry> entries = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** Says what an option is; a later word replaces an earlier one. */
    void put(Option<?> option, String key, Node node) {
        entries.put(option, new Entry(key, node));
    }

    Map<Option<?>, Entry> entries() {
        return entries;
    }

    /** Whether there is a value for an option, good or bad. */
    boolean has(Option<?> option) {
        Entry entry = entries.get(option);
        return entry != null && !(entry.node() instanceof Node.Nothing) && !isBlank(option, entry.node());
    }

    /** How the user spelled an option, or how it would be spelled. */
    String keyOf(Option<?> option) {
        Entry entry = entries.get(option);
        return entry == null ? option.key() : entry.key();
    }

    void problem(Problem problem) {
        problems.add(problem);
    }

    void note(String sentence) {
        notes.add(sentence);
    }

    List<Problem> problems() {
        return problems;
    }

    List<String> notes() {
        return notes;
    }

    private static boolean isBlank(Option<?> option, Node node) {
        return option.mayBeBlank()
                && node instanceof Node.Scalar scalar
                && scalar.text().isBlank();
    }
}
