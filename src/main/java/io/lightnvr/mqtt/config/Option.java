package io.lightnvr.mqtt.config;

import java.util.Optional;

/**
 * One key that a user can set; {@link Options} has them all. Compared by identity.
 *
 * @param <T> what its value becomes
 */
public final class Option<T> {

    private final String section;
    private final String name;
    private final Rule<T> rule;
    private final Optional<T> fallback;

    Option(String section, String name, Rule<T> rule, Optional<T> fallback) {
        this.section = section;
        this.name = name;
        this.rule = rule;
        this.fallback = fallback;
    }

    /** The section it stands in, empty for the top level. */
    public String section() {
        return section;
    }

    /** Its name within the section. */
    public String name() {
        return name;
    }

    /** The section and the name, {@code mqtt.qos}. */
    public String key() {
        return section.isEmpty() ? name : section + "." + name;
    }

    public OptionType type() {
        return rule.type();
    }

    /** What holds where it is not set; empty where that depends on other options, or is nothing. */
    public Optional<T> fallback() {
        return fallback;
    }

    Rule<T> rule() {
        return rule;
    }

    /** Whether an empty text says the same as no text, as in a form that was left blank. */
    boolean mayBeBlank() {
        return fallback.isEmpty();
    }

    @Override
    public String toString() {
        return key();
    }
}
