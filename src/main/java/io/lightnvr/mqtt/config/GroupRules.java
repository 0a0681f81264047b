package io.lightnvr.mqtt.config;

import static io.lightnvr.mqtt.config.Validated.accepted;
import static io.lightnvr.mqtt.config.Validated.refused;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Rules for what is said of groups of labels: each text is {@code group: text, text}. */
final class GroupRules {

    /** Groups become types of events and ids of entities. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,32}");

    /** Events of no group have these types. */
    private static final Set<String> TAKEN = Set.of("motion", "other");

    private static final int MOST = 16;

    private GroupRules() {}

    /** The labels of each group, in order. */
    static Rule<Map<String, Set<String>>> groups() {
        return named(labels -> {
            Set<String> filled = new LinkedHashSet<>(labels);
            filled.removeIf(String::isEmpty);
            return filled.isEmpty()
                    ? refused("has a group without labels", "name its labels, such as vehicle: [car, truck]")
                    : accepted(Collections.unmodifiableSet(filled));
        });
    }

    /** A time for each group. */
    static Rule<Map<String, Duration>> times() {
        return named(texts -> ValueRules.duration(1, 86_400).judge().apply(List.of(String.join(",", texts))));
    }

    private static <T> Rule<Map<String, T>> named(Function<List<String>, Validated<T>> value) {
        return new Rule<>(OptionType.NAMED_TEXTS, texts -> {
            Map<String, T> named = new LinkedHashMap<>();
            for (String text : texts) {
                String name = text.contains(":")
                        ? text.substring(0, text.indexOf(':')).strip()
                        : "";
                Optional<Validated<Map<String, T>>> refused = badName(name, named.keySet());
                if (refused.isPresent()) {
                    return refused.get();
                }
                Validated<T> verdict = value.apply(parts(text.substring(text.indexOf(':') + 1)));
                if (verdict instanceof Validated.Refused<T> wrong) {
                    return refused(wrong.rule(), wrong.whatToDo());
                }
                named.put(name, ((Validated.Accepted<T>) verdict).value());
            }
            return accepted(Collections.unmodifiableMap(named));
        });
    }

    private static <T> Optional<Validated<T>> badName(String name, Set<String> before) {
        if (!NAME.matcher(name).matches()) {
            return Optional.of(refused(
                    "has a group without a proper name",
                    "begin with a to z, 0 to 9 or _ and a colon: vehicle: car, truck"));
        }
        if (TAKEN.contains(name)) {
            return Optional.of(
                    refused("has the group " + name + ", which every event of no group is in", "name it otherwise"));
        }
        if (before.contains(name)) {
            return Optional.of(refused("has the group " + name + " twice", "put its labels together"));
        }
        return before.size() < MOST
                ? Optional.empty()
                : Optional.of(refused("has more than " + MOST + " groups", "put some together"));
    }

    private static List<String> parts(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }
}
