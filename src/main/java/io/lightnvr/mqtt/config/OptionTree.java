package io.lightnvr.mqtt.config;

/** Reads options from JSON and YAML, which have them in sections. A key that is not an option is a problem. */
final class OptionTree {

    private final ConfigurationBuilder builder = new ConfigurationBuilder();

    private OptionTree() {}

    /**
     * The options below the root of a file.
     *
     * @param file the name of the file, for error texts
     */
    static ConfigurationBuilder read(String file, Node root) {
        OptionTree tree = new OptionTree();
        if (root instanceof Node.Mapping mapping) {
            mapping.entries().forEach(tree::topLevel);
        } else if (!(root instanceof Node.Null)) {
            tree.builder.problem(Problem.of(
                    file,
                    "does not consist of sections",
                    "write the sections " + String.join(", ", KeySuggestions.namesIn(""))));
        }
        return tree.builder;
    }

    private void topLevel(String name, Node node) {
        if (name.equals(RecorderOption.LIST)) {
            recorders(node);
            return;
        }
        boolean isSection = !name.isEmpty()
                && Option.all().stream().anyMatch(option -> option.section().equals(name));
        if (!isSection) {
            option("", name, node);
        } else if (node instanceof Node.Mapping section) {
            section.entries().forEach((inner, value) -> option(name, inner, value));
        } else if (!(node instanceof Node.Null)) {
            builder.problem(Problem.of(
                    name,
                    "is not a section with options",
                    "write under it any of " + String.join(", ", KeySuggestions.namesIn(name))));
        }
    }

    private void recorders(Node node) {
        if (node instanceof Node.Sequence list) {
            for (int i = 0; i < list.items().size(); i++) {
                recorder(RecorderOption.place(i), list.items().get(i));
            }
        } else if (!(node instanceof Node.Null)) {
            builder.problem(Problem.of(
                    RecorderOption.LIST, "is not a list", "write each recorder as - name: barn, with its url below"));
        }
    }

    private void recorder(String place, Node node) {
        if (node instanceof Node.Mapping entry) {
            builder.recorder(place, entry.entries());
        } else {
            builder.problem(Problem.of(
                    place,
                    "is not a recorder with options",
                    "write under it any of " + String.join(", ", RecorderOption.names())));
        }
    }

    private void option(String section, String name, Node node) {
        Option.find(section, name)
                .ifPresentOrElse(option -> builder.put(option.key(), option.key(), node), () -> unknown(section, name));
    }

    private void unknown(String section, String name) {
        builder.problemOfMany(() -> Problem.of(
                place(section, KeySuggestions.shown(name)), "is not an option", KeySuggestions.advice(section, name)));
    }

    private static String place(String section, String shown) {
        return section.isEmpty() ? shown : section + "." + shown;
    }
}
