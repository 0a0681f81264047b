package io.lightnvr.mqtt.config;

/** What a rule says of a value. */
sealed interface Validated<T> {

    /** The value is good, and this is what it means. */
    record Accepted<T>(T value) implements Validated<T> {}

    /**
     * The value breaks a rule.
     *
     * @param rule a predicate that goes on after the value: {@code is not a QoS level}
     * @param whatToDo how to put it right
     */
    record Refused<T>(String rule, String whatToDo) implements Validated<T> {}

    static <T> Validated<T> accepted(T value) {
        return new Accepted<>(value);
    }

    static <T> Validated<T> refused(String rule, String whatToDo) {
        return new Refused<>(rule, whatToDo);
    }
}
