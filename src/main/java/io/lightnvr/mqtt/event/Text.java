package io.lightnvr.mqtt.event;

import java.util.Locale;
import java.util.regex.Pattern;

/** Makes text that comes from elsewhere safe to keep, to compare and to show. */
public final class Text {

    /** In a Java regular expression a pair of surrogates is one character, so this finds those without their half. */
    private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");

    private static final Pattern NOT_IN_A_LINE = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}]");
    private static final Pattern NOT_PRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]");

    private Text() {}

    /** The text with U+FFFD for what no UTF-8 can hold. */
    static String wellFormed(String text) {
        return hasSurrogates(text) ? LONE_SURROGATE.matcher(text).replaceAll("\uFFFD") : text;
    }

    private static boolean hasSurrogates(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** The text with {@code ?} for control characters and line separators: what joins and turns letters stays. */
    static String oneLine(String text) {
        return NOT_IN_A_LINE.matcher(text).replaceAll("?");
    }

    /**
     * The text for a log or a terminal: with {@code ?} for all that could forge a line, hide a part of it, turn it
     * around or command the terminal.
     */
    public static String printable(String text) {
        return NOT_PRINTABLE.matcher(text).replaceAll("?");
    }

    /** The spelling by which labels are compared: upper and lower case are alike. */
    static String folded(String label) {
        return label.toLowerCase(Locale.ROOT);
    }
}
