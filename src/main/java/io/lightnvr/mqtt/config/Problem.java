package io.lightnvr.mqtt.config;

/**
 * One thing that is wrong with a configuration; prints as {@code mqtt.qos: 3 is not a QoS level; use 0, 1 or 2}.
 *
 * <p>Control characters, which could forge a log line, become {@code ?}, and a long value is cut.
 *
 * @param key where: an option as the file spells it, the file, or {@code --nvr}
 * @param value what is there, without secrets; empty where it would not help
 * @param rule what is wrong with it, a predicate without a full stop
 * @param whatToDo how to put it right
 */
public record Problem(String key, String value, String rule, String whatToDo) {

    private static final int SHOWN_CHARACTERS = 80;

    public Problem {
        key = printable(key);
        value = shortened(printable(value));
        rule = printable(rule);
        whatToDo = printable(whatToDo);
    }

    /** A problem whose value would not help, or must not be shown. */
    static Problem of(String key, String rule, String whatToDo) {
        return new Problem(key, "", rule, whatToDo);
    }

    @Override
    public String toString() {
        return key + ": " + (value.isEmpty() ? "" : value + " ") + rule + "; " + whatToDo;
    }

    private static String printable(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]", "?");
    }

    private static String shortened(String text) {
        if (text.codePointCount(0, text.length()) <= SHOWN_CHARACTERS) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, SHOWN_CHARACTERS)) + "...";
    }
}
