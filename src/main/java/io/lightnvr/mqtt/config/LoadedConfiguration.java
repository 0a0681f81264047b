package io.lightnvr.mqtt.config;

import java.util.List;

/**
 * Pairs a configuration with notes about it.
 *
 * @param notes sentences for the user, each to be logged once
 */
public record LoadedConfiguration(Configuration configuration, List<String> notes) {

    public LoadedConfiguration {
        notes = List.copyOf(notes);
    }
}
