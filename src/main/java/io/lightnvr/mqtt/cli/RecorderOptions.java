package io.lightnvr.mqtt.cli;

import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.config.ConfigurationException;
import io.lightnvr.mqtt.config.LoadedConfiguration;
import io.lightnvr.mqtt.config.RecorderEntry;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The option that selects one of several recorders. */
final class RecorderOptions {

    @Option(names = "--recorder", paramLabel = "NAME", description = "Only this one of several recorders.")
    private Optional<String> name = Optional.empty();

    /** Whether one is selected. */
    boolean isGiven() {
        return name.isPresent();
    }

    /**
     * The selected recorder, else all.
     *
     * @throws ParameterException if there is none of that name
     */
    List<RecorderEntry> of(LoadedConfiguration loaded, CommandLine command) {
        if (name.isEmpty()) {
            return loaded.recorders();
        }
        List<RecorderEntry> selected = loaded.recorders().stream()
                .filter(recorder -> recorder.name().equals(name.get()))
                .toList();
        if (selected.isEmpty()) {
            String known = loaded.recorders().stream().map(RecorderEntry::name).collect(Collectors.joining(", "));
            throw new ParameterException(
                    command, "--recorder: there is no recorder " + name.get() + "; use one of " + known);
        }
        return selected;
    }

    /**
     * The configuration of the selected recorder, else of the first that has one.
     *
     * @throws ConfigurationException if there are problems with it
     * @throws ParameterException if there is none of that name
     */
    Configuration configuration(LoadedConfiguration loaded, CommandLine command) throws ConfigurationException {
        if (name.isEmpty()) {
            return loaded.configuration();
        }
        return of(loaded, command).get(0).requireConfiguration();
    }
}
