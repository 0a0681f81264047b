package io.lightnvr.mqtt.config;

/**
 * A password or key. It prints as {@code ***}, so that a record that holds it can be logged.
 *
 * @param value the secret itself, for the wire only
 */
public record Secret(String value) {

    @Override
    public String toString() {
        return "***";
    }
}
