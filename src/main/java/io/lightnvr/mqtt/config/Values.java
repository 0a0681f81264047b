package io.lightnvr.mqtt.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What the options' values mean; those that break a rule are left out, and told as problems. */
final class Values {

    private final Map<Option<?>, Object> values = new HashMap<>();

    private Values() {}

    static Values of(RawOptions given) {
        Values values = new Values();
        given.entries().forEach((option, entry) -> {
            if (given.has(option)) {
                judged(option.rule(), entry.key(), entry.node(), given::problem)
                        .ifPresent(value -> values.values.put(option, value));
            }
        });
        return values;
    }

    /** The value of an option, or its fallback. */
    @SuppressWarnings("unchecked") // of() puts only what the option's own rule made
    <T> Optional<T> find(Option<T> option) {
        return Optional.ofNullable((T) values.get(option)).or(option::fallback);
    }

    /** As {@link #find}, for an option that has a fallback. */
    <T> T get(Option<T> option) {
        return find(option).orElseThrow();
    }

    /** What a rule makes of what stands in a file, or nothing and a problem. */
    static <T> Optional<T> judged(Rule<T> rule, String key, Node node, Consumer<Problem> problems) {
        Optional<List<String>> texts = texts(rule, node);
        if (texts.isEmpty()) {
            problems.accept(wrongShape(rule, key, node));
            return Optional.empty();
        }
        Validated<T> verdict = rule.judge().apply(texts.get());
        if (verdict instanceof Validated.Accepted<T> accepted) {
            return Optional.of(accepted.value());
        }
        Validated.Refused<T> refused = (Validated.Refused<T>) verdict;
        String shown = rule.type().shown(String.join("; ", texts.get()));
        problems.accept(new Problem(key, shown, refused.rule(), refused.whatToDo()));
        return Optional.empty();
    }

    private static Optional<List<String>> texts(Rule<?> rule, Node node) {
        if (node instanceof Node.Scalar scalar) {
            return Optional.of(List.of(scalar.text()));
        }
        if (rule.takesNames() && node instanceof Node.Section section) {
            return namedTexts(section);
        }
        return rule.takesLists() && node instanceof Node.Items items ? texts(rule, items.items()) : Optional.empty();
    }

    private static Optional<List<String>> texts(Rule<?> rule, List<Node> items) {
        List<String> texts = new ArrayList<>();
        for (Node item : items) {
            if (!(item instanceof Node.Nothing)) {
                Optional<List<String>> inner = item instanceof Node.Items ? Optional.empty() : texts(rule, item);
                if (inner.isEmpty()) {
                    return Optional.empty();
                }
                texts.addAll(inner.get());
            }
        }
        return Optional.of(texts);
    }

    private static Optional<List<String>> namedTexts(Node.Section section) {
        List<String> named = new ArrayList<>();
        for (Map.Entry<String, Node> entry : section.entries().entrySet()) {
            Optional<List<String>> texts = entry.getValue() instanceof Node.Nothing
                    ? Optional.of(List.of())
                    : texts(TextRules.list(), entry.getValue());
            if (texts.isEmpty()) {
                return Optional.empty();
            }
            named.add(entry.getKey() + ": " + String.join(", ", texts.get()));
        }
        return Optional.of(named);
    }

    private static Problem wrongShape(Rule<?> rule, String key, Node node) {
        if (rule.takesNames()) {
            return Problem.of(
                    key, "is not a set of names with texts", "write under it, for example, vehicle: [car, truck]");
        }
        if (rule.takesLists()) {
            return Problem.of(key, "is not a list of texts", "write it as [one, two]");
        }
        String found = node instanceof Node.Items ? "a list" : "a section";
        return Problem.of(key, "is " + found + " and not a single value", "write one value behind the key");
    }
}
