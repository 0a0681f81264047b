package io.lightnvr.mqtt.config;

import static io.lightnvr.mqtt.config.Rule.Result.accepted;
import static io.lightnvr.mqtt.config.Rule.Result.refused;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The rules for options by group of labels. Each text is {@code group: text, text}. */
final class GroupRules {

    /** Group names become event types and parts of entity ids. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,32}");

    /** The event types of labels that are in no group. */
    private static final Set<String> RESERVED = Set.of("motion", "other");

    private static final int MOST = 16;

    private GroupRules() {}

    /** The labels of each group, in order. */
    static Rule<Map<String, Set<String>>> groups() {
        return byGroup("", labels -> {
            Set<String> filled = new LinkedHashSet<>(labels);
            filled.removeIf(String::isEmpty);
            return filled.isEmpty()
                    ? refused("has a group without labels", "list its labels, such as vehicle: [car, truck]")
                    : accepted(Collections.unmodifiableSet(filled));
        });
    }

    /** The time of each group, from {@code min} to {@code max} seconds. */
    static Rule<Map<String, Duration>> times(int min, int max) {
        Rule<Duration> time = ValueRules.time(min, max);
        return byGroup(time.allowed(), texts -> time.check().apply(List.of(String.join(",", texts))));
    }

    private static <T> Rule<Map<String, T>> byGroup(String allowed, Function<List<String>, Rule.Result<T>> check) {
        return new Rule<>(OptionType.NAMED_TEXTS, allowed, texts -> {
            Map<String, T> values = new LinkedHashMap<>();
            Rule.Result<Map<String, T>> result = accepted(Collections.unmodifiableMap(values));
            for (String text : texts) {
                String[] nameAndValue = text.split(":", 2);
                result = result.then(before -> name(nameAndValue, before.keySet())
                        .then(name -> check.apply(parts(nameAndValue[1])).then(value -> {
                            values.put(name, value);
                            return accepted(before);
                        })));
            }
            return result;
        });
    }

    private static Rule.Result<String> name(String[] nameAndValue, Set<String> before) {
        String name = nameAndValue[0].strip();
        if (nameAndValue.length < 2 || !NAME.matcher(name).matches()) {
            return refused(
                    "has a group without a valid name",
                    "start with a name of a to z, 0 to 9 and _, and a colon: vehicle: car, truck");
        }
        if (RESERVED.contains(name)) {
            return refused("uses the name " + name + ", which is reserved for events of no group", "rename that group");
        }
        if (before.contains(name)) {
            return refused("has the group " + name + " twice", "merge the two");
        }
        return before.size() < MOST
                ? accepted(name)
                : refused("has more than " + MOST + " groups", "merge some of them");
    }

    private static List<String> parts(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }
}
