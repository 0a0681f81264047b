package io.lightnvr.mqtt.cli;

import io.lightnvr.mqtt.config.ConfigurationException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that select the configuration and the data folder. */
public final class ConfigurationOptions {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "Configuration file: .json (Home Assistant's options), .yaml, or the recorder's lightnvr.ini.")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--nvr",
            paramLabel = "URL",
            description = "Address of the recorder, such as http://192.168.1.20:8080; overrides the file.")
    private Optional<String> nvr = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:" + RunProcess.DATA + "}",
            description =
                    "Folder of the event store; default: the folder of the configuration file if writable, else the current one.")
    private Optional<Path> data = Optional.empty();

    /** The data folder, if given. */
    Optional<Path> data() {
        return data;
    }

    /**
     * Reads the selected configuration.
     *
     * @throws ConfigurationException if it is invalid
     * @throws ConfigurationChoice.NoConfigurationException if there is none
     */
    public ConfigurationChoice choose() throws ConfigurationException, ConfigurationChoice.NoConfigurationException {
        return ConfigurationChoice.make(config, nvr, data, ConfigurationChoice.Places.usual());
    }
}
