package io.lightnvr.mqtt.config;

import java.util.List;

/**
 * A configuration that can be used.
 *
 * @param notes what the user should hear about it once, in whole sentences
 */
public record Loaded(Configuration configuration, List<String> notes) {

    public Loaded {
        notes = List.copyOf(notes);
    }
}
