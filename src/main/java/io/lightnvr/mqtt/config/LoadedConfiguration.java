package io.lightnvr.mqtt.config;

import java.util.List;

/**
 * A configuration that can be used.
 *
 * @param notes what the user should hear about it once, in whole sentences
 */
public record LoadedConfiguration(Configuration configuration, List<String> notes) {

    public LoadedConfiguration {
        notes = List.copyOf(notes);
    }
}
