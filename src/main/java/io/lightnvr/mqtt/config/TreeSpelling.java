package io.lightnvr.mqtt.config;

import java.util.Optional;

/** The spelling of JSON and YAML: sections with options. Keys that are no options are problems. */
final class TreeSpelling {

    private final RawOptions given = new RawOptions();

    private TreeSpelling() {}

    /**
     * @param file the file's name, for the error texts
     */
    static RawOptions read(String file, Node root) {
        TreeSpelling spelling = new TreeSpelling();
        if (root instanceof Node.Section section) {
            section.entries().forEach(spelling::atTop);
        } else if (!(root instanceof Node.Nothing)) {
            spelling.given.problem(Problem.of(
                    file, "is not a set of options", "write sections: " + String.join(", ", KeyNames.namesIn(""))));
        }
        return spelling.given;
    }

    private void atTop(String name, Node node) {
        boolean isSection = !name.isEmpty()
                && Options.all().stream().anyMatch(option -> option.section().equals(name));
        if (isSection) {
            section(name, node);
        } else {
            option("", name, node);
        }
    }

    private void section(String section, Node node) {
        if (node instanceof Node.Section inner) {
            inner.entries().forEach((name, value) -> option(section, name, value));
        } else if (!(node instanceof Node.Nothing)) {
            given.problem(Problem.of(
                    section,
                    "is not a section with options",
                    "write under it any of " + String.join(", ", KeyNames.namesIn(section))));
        }
    }

    private void option(String section, String name, Node node) {
        Optional<Option<?>> known = Options.all().stream()
                .filter(option ->
                        option.section().equals(section) && option.name().equals(name))
                .findFirst();
        known.ifPresentOrElse(option -> given.put(option, option.key(), node), () -> unknown(section, name));
    }

    private void unknown(String section, String name) {
        String shown = KeyNames.shown(name);
        given.problem(Problem.of(
                section.isEmpty() ? shown : section + "." + shown, "is not an option", KeyNames.advice(section, name)));
    }
}
