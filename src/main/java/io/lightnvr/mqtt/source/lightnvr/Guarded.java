package io.lightnvr.mqtt.source.lightnvr;

import java.util.Optional;

/**
 * The answer to a call that needs a login: either a value or a refusal.
 *
 * @param value what the recorder answered
 * @param refusal why it refused, a sentence without its stop
 */
record Guarded<T>(Optional<T> value, Optional<String> refusal) {

    static <T> Guarded<T> granted(T value) {
        return new Guarded<>(Optional.of(value), Optional.empty());
    }

    static <T> Guarded<T> refused(String why) {
        return new Guarded<>(Optional.empty(), Optional.of(why));
    }
}
