package io.lightnvr.mqtt.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Checks and converts the value of an option.
 *
 * @param allowed the values that it takes, such as {@code 1 to 1000}; empty if they cannot be listed so
 * @param check gets the texts of the file: several of a list, each {@code name: text, text} of named texts, else one
 */
record Rule<T>(OptionType type, String allowed, Function<List<String>, Result<T>> check) {

    /** A value that obeys a rule, or the reason why it does not. */
    sealed interface Result<T> {

        record Accepted<T>(T value) implements Result<T> {}

        /**
         * @param rule a predicate that follows the value: {@code is not a port}
         */
        record Refused<T>(String rule, String whatToDo) implements Result<T> {}

        static <T> Result<T> accepted(T value) {
            return new Accepted<>(value);
        }

        static <T> Result<T> refused(String rule, String whatToDo) {
            return new Refused<>(rule, whatToDo);
        }

        /** The result of a further check of an accepted value. */
        default <R> Result<R> then(Function<T, Result<R>> next) {
            return this instanceof Refused<T> refused
                    ? refused(refused.rule, refused.whatToDo)
                    : next.apply(((Accepted<T>) this).value);
        }
    }

    static <T> Rule<T> ofOne(OptionType type, String allowed, Function<String, Result<T>> check) {
        return new Rule<>(type, allowed, texts -> check.apply(texts.get(0)));
    }

    /**
     * The value of a node, or nothing and a problem.
     *
     * @param key the key as the user spelled it, for the problem
     */
    Optional<T> read(String key, Node node, Consumer<Problem> problems) {
        Optional<List<String>> texts = texts(type, node);
        if (texts.isEmpty()) {
            problems.accept(wrongShape(key, node));
            return Optional.empty();
        }
        Result<T> result = check.apply(texts.get());
        if (result instanceof Result.Refused<T> refused) {
            String shown = type.shown(String.join("; ", texts.get()));
            problems.accept(new Problem(key, shown, refused.rule, refused.whatToDo));
            return Optional.empty();
        }
        return Optional.of(((Result.Accepted<T>) result).value);
    }

    /** The texts of a node, empty if it does not have the shape of the type. */
    private static Optional<List<String>> texts(OptionType type, Node node) {
        if (node instanceof Node.Scalar scalar) {
            return Optional.of(List.of(scalar.text()));
        }
        if (type == OptionType.NAMED_TEXTS && node instanceof Node.Mapping mapping) {
            return joined(mapping.entries().entrySet(), entry -> named(entry.getKey(), entry.getValue()));
        }
        return type.isList() && node instanceof Node.Sequence sequence
                ? joined(sequence.items(), item -> ofItem(type, item))
                : Optional.empty();
    }

    private static Optional<List<String>> ofItem(OptionType type, Node item) {
        if (item instanceof Node.Null) {
            return Optional.of(List.of());
        }
        return item instanceof Node.Sequence ? Optional.empty() : texts(type, item);
    }

    private static Optional<List<String>> named(String name, Node node) {
        Optional<List<String>> texts =
                node instanceof Node.Null ? Optional.of(List.of()) : texts(OptionType.TEXT_LIST, node);
        return texts.map(values -> List.of(name + ": " + String.join(", ", values)));
    }

    private static <S> Optional<List<String>> joined(Collection<S> sources, Function<S, Optional<List<String>>> texts) {
        List<String> joined = new ArrayList<>();
        for (S source : sources) {
            Optional<List<String>> some = texts.apply(source);
            if (some.isEmpty()) {
                return Optional.empty();
            }
            joined.addAll(some.get());
        }
        return Optional.of(joined);
    }

    private Problem wrongShape(String key, Node node) {
        return switch (type) {
            case NAMED_TEXTS ->
                Problem.of(
                        key,
                        "does not consist of names with values",
                        "write entries such as vehicle: [car, truck] under it");
            case TEXT_LIST -> Problem.of(key, "is not a list of texts", "write it as [one, two]");
            default ->
                Problem.of(
                        key,
                        "is a " + (node instanceof Node.Sequence ? "list" : "section") + ", not a single value",
                        "write one value after the key");
        };
    }
}
