package io.lightnvr.mqtt.broker;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A topic name, to which messages are published.
 *
 * @param name 1 to 65,535 bytes of UTF-8, without {@code +}, {@code #} and U+0000 (MQTT 5, 4.7)
 */
public record Topic(String name) {

    private static final int MAX_BYTES = 65_535;

    public Topic {
        problemOf(name).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
    }

    /** Whether a text is the name of a topic. */
    public static boolean isName(String text) {
        return problemOf(text).isEmpty();
    }

    private static Optional<String> problemOf(String name) {
        if (name.isEmpty()) {
            return Optional.of("A topic must not be empty");
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '+' || c == '#' || c == 0) {
                return Optional.of("Topic [%s] must not contain %s, found at index %d"
                        .formatted(name, c == 0 ? "the null character" : "the wildcard " + c, i));
            }
        }
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        return bytes > MAX_BYTES
                ? Optional.of("A topic has at most 65,535 bytes, this one has " + bytes)
                : Optional.empty();
    }

    @Override
    public String toString() {
        return name;
    }
}
