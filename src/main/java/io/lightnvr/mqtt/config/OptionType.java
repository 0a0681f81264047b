package io.lightnvr.mqtt.config;

import java.util.regex.Pattern;

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

    /** What is mistyped for a number, a time or one of a few words; a password is mostly something else. */
    private static final Pattern SLIP = Pattern.compile("[-+.0-9].{0,11}|[0-9.]*|[A-Za-z]{0,8}");

    /** The first line of a key or a certificate, whose text some take for the path. */
    private static final String PEM = "-----BEGIN";

    /** Whether a null may be meant as a text. */
    boolean isFreeText() {
        return this == TEXT || this == SECRET;
    }

    boolean isList() {
        return this == TEXT_LIST || this == NAMED_TEXTS;
    }

    /** The part of a value that may be printed; empty for none, as where it may be a misplaced secret. */
    String shown(String value) {
        return switch (this) {
            case SECRET -> "";
            case WHOLE_NUMBER, DECIMAL, BOOLEAN, DURATION, LOG_LEVEL ->
                SLIP.matcher(value).matches() ? value : "";
            case FILE -> isText(value) ? "" : value;
            case ADDRESS -> value.replaceFirst("(?s)^.*@", "***@").replaceFirst("(?s)([?#]).*$", "$1***");
            default -> value;
        };
    }

    /** Whether a value is the text of a file instead of its path. */
    static boolean isText(String value) {
        return value.contains(PEM) || value.strip().contains("\n");
    }
}
