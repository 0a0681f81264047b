package io.lightnvr.mqtt.event;

import java.util.Locale;
import java.util.regex.Pattern;

/** Makes foreign text safe to store, to compare and to print. */
public final class Text {

    private static final int LONGEST_SHOWN = 255;

    /** In a Java regular expression a surrogate pair is one character, so this finds lone halves only. */
    private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");

    private static final Pattern NOT_IN_A_LINE = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}]");
    private static final Pattern NOT_PRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]");

    private Text() {}

    /** Replaces what UTF-8 cannot encode by U+FFFD. */
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

    /** Replaces control characters and line separators by {@code ?}; keeps what joins or turns letters. */
    static String oneLine(String text) {
        return NOT_IN_A_LINE.matcher(text).replaceAll("?");
    }

    /** Cuts a name after 255 characters. */
    static String cut(String name) {
        return name.length() > LONGEST_SHOWN ? name.substring(0, LONGEST_SHOWN) + "…" : name;
    }

    /** Replaces by {@code ?} whatever could forge a log line, hide or reverse a part of it, or command the terminal. */
    public static String printable(String text) {
        return NOT_PRINTABLE.matcher(text).replaceAll("?");
    }

    /** Returns the spelling by which labels and names are compared, ignoring case. */
    static String folded(String label) {
        return label.toLowerCase(Locale.ROOT);
    }
}
