package io.lightnvr.mqtt.config;

/**
 * Holds a password or key, and prints as {@code ***}, so that a record that contains it can be logged.
 *
 * @param value the secret itself, for the wire only
 */
public record Secret(String value) {

    @Override
    public String toString() {
        return "***";
    }
}
