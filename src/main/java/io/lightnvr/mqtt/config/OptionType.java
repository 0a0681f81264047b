package io.lightnvr.mqtt.config;

/** The type of an option's value. */
public enum OptionType {
    TEXT,
    /** Text that is never printed. */
    SECRET,
    /** An address, printed without the login that it may contain. */
    ADDRESS,
    WHOLE_NUMBER,
    DECIMAL,
    BOOLEAN,
    /** Whole seconds, or text such as {@code 5m}. */
    DURATION,
    FILE,
    LOG_LEVEL,
    /** Any number of texts; a single text is a list of one. */
    TEXT_LIST,
    /** Names with one or more texts each: a section, or a list of texts such as {@code vehicle: car, truck}. */
    NAMED_TEXTS;

    /** Whether a null may be meant as a text. */
    boolean isFreeText() {
        return this == TEXT || this == SECRET;
    }

    boolean isList() {
        return this == TEXT_LIST || this == NAMED_TEXTS;
    }

    /** The part of a value that may be printed; empty for none. */
    String shown(String value) {
        return switch (this) {
            case SECRET -> "";
            case ADDRESS -> value.replaceFirst("(?s)^.*@", "***@").replaceFirst("(?s)([?#]).*$", "$1***");
            default -> value;
        };
    }
}
