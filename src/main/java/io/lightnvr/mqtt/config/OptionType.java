package io.lightnvr.mqtt.config;

/** The form of an option's value, as a person would name it. */
public enum OptionType {
    TEXT,
    /** Text that is never printed. */
    SECRET,
    /** An address, whose login, if someone wrote one into it, is never printed. */
    ADDRESS,
    WHOLE_NUMBER,
    DECIMAL,
    BOOLEAN,
    /** Whole seconds, or text such as {@code 5m}. */
    DURATION,
    FILE,
    /** Any number of texts; one text alone is a list of one. */
    TEXT_LIST,
    /** Names, each with one or more texts: a section, or a list of texts such as {@code vehicle: car, truck}. */
    NAMED_TEXTS,
    LOG_LEVEL;

    /** What of a value may be shown to people; empty for nothing. */
    String shown(String value) {
        return switch (this) {
            case SECRET -> "";
            case ADDRESS -> value.replaceFirst("(?s)^.*@", "***@").replaceFirst("(?s)([?#]).*$", "$1***");
            default -> value;
        };
    }
}
