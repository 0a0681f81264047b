package io.lightnvr.mqtt.config;

import java.util.List;

/**
 * A configuration with its recorders, and notes about it.
 *
 * @param configuration that of the only recorder, or of the first that has one; what concerns no recorder is the same in all
 * @param recorders at least one, in the order of the file
 * @param notes sentences for the user, each to be logged once
 */
public record LoadedConfiguration(Configuration configuration, List<RecorderEntry> recorders, List<String> notes) {

    public LoadedConfiguration {
        recorders = List.copyOf(recorders);
        notes = List.copyOf(notes);
    }

    /** Whether there are several recorders, so that what is said of one must name it. */
    public boolean hasSeveral() {
        return recorders.size() > 1;
    }
}
