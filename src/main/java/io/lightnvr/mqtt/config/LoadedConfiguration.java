package io.lightnvr.mqtt.config;

import java.util.List;
import java.util.Optional;

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

    /** A single recorder, where one is configured. */
    public static LoadedConfiguration single(Configuration configuration, List<String> notes) {
        String name = configuration.nvr().map(Configuration.Nvr::name).orElse(RecorderOption.SINGLE);
        RecorderEntry entry =
                new RecorderEntry(name, RecorderOption.SINGLE, true, Optional.of(configuration), List.of());
        return new LoadedConfiguration(configuration, List.of(entry), notes);
    }

    /** Whether there are several recorders, so that what is said of one must name it. */
    public boolean hasSeveral() {
        return recorders.size() > 1;
    }
}
