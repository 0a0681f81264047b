package io.lightnvr.mqtt.config;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Describes one key that a user can set, as a component of {@link Configuration} declares it.
 *
 * @param section the section of the key, empty at the top level
 * @param name the name within the section
 * @param rule the rule for its value
 * @param defaultValue as a user writes it; empty if there is none, or if it depends on other options
 */
public record Option(String section, String name, Rule<?> rule, Optional<String> defaultValue) {

    private static final Map<String, Option> ALL = OptionRecords.options()
            .collect(Collectors.toMap(Option::key, Function.identity(), (one, other) -> one, LinkedHashMap::new));

    /** All options, in the order of their declaration. */
    public static Collection<Option> all() {
        return ALL.values();
    }

    /**
     * The option with a key.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Option of(String key) {
        return Optional.ofNullable(ALL.get(key))
                .orElseThrow(() -> new IllegalArgumentException("There is no option " + key));
    }

    /** The option with a name in a section, empty for the top level. */
    static Optional<Option> find(String section, String name) {
        return ALL.values().stream()
                .filter(option -> option.section.equals(section) && option.name.equals(name))
                .findFirst();
    }

    /** The section and the name: {@code mqtt.qos}. */
    public String key() {
        return section.isEmpty() ? name : section + "." + name;
    }

    /** The type of its value. */
    public OptionType type() {
        return rule.type();
    }

    /** The values that it takes, as people read them, such as {@code 1 to 1000}; empty for texts of any kind. */
    public String allowed() {
        return rule.allowed();
    }

    /** Whether blank text counts as not set, as in a form that was left empty. */
    boolean mayBeBlank() {
        return defaultValue.isEmpty();
    }

    @Override
    public String toString() {
        return key();
    }
}
