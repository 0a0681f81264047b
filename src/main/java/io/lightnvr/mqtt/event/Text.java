package io.lightnvr.mqtt.event;

import java.util.Locale;
import java.util.regex.Pattern;

/** What is done to text that comes from elsewhere. */
final class Text {

    /** In a Java regular expression a pair of surrogates is one character, so this finds those without their half. */
    private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");

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

    /** The text with {@code ?} for what could forge a line of a log or command a terminal. */
    static String printable(String text) {
        return CONTROL.matcher(text).replaceAll("?");
    }

    /** The spelling by which labels are compared: upper and lower case are alike. */
    static String folded(String label) {
        return label.toLowerCase(Locale.ROOT);
    }
}
