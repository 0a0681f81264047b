package io.lightnvr.mqtt.config;

import io.lightnvr.mqtt.event.Text;

/**
 * Describes one error in a configuration, printed as {@code mqtt.qos: 3 is out of range; use a whole number from 0 to 2}.
 *
 * <p>Replaces control characters, which could forge a log line, by {@code ?}, and cuts a long value.
 *
 * @param key the option as the file spells it, the file, or {@code --nvr}
 * @param value the value without secrets, or empty
 * @param rule the error, a predicate without a full stop
 * @param whatToDo the correction, an imperative
 */
public record Problem(String key, String value, String rule, String whatToDo) {

    private static final int MAX_CHARACTERS = 80;

    public Problem {
        key = Text.printable(key);
        value = shortened(Text.printable(value));
        rule = Text.printable(rule);
        whatToDo = Text.printable(whatToDo);
    }

    /** A problem without its value, which is unhelpful or secret. */
    static Problem of(String key, String rule, String whatToDo) {
        return new Problem(key, "", rule, whatToDo);
    }

    @Override
    public String toString() {
        return key + ": " + (value.isEmpty() ? "" : value + " ") + rule + "; " + whatToDo;
    }

    private static String shortened(String text) {
        if (text.codePointCount(0, text.length()) <= MAX_CHARACTERS) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, MAX_CHARACTERS)) + "...";
    }
}
