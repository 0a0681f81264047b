package io.lightnvr.mqtt.cli;

import io.lightnvr.mqtt.bridge.ConfigurationMapping;
import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.config.ConfigurationException;
import io.lightnvr.mqtt.config.ConfigurationReader;
import io.lightnvr.mqtt.config.LoadedConfiguration;
import io.lightnvr.mqtt.config.RecorderEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The configuration that a command uses, and its data folder.
 *
 * @param loaded the configuration, with its recorders and remarks on it for the user
 * @param origin its file, or "the defaults", for people
 * @param data the absolute path of the data folder
 */
public record ConfigurationChoice(LoadedConfiguration loaded, String origin, Path data) {

    private static final String OPTIONS_FILE = "options.json";
    private static final String LOCAL_FILE = "lightnvr-mqtt.yaml";

    /** The configuration of the only recorder, or of the first that has one. */
    Configuration configuration() {
        return loaded.configuration();
    }

    /** Remarks on it for the user. */
    List<String> notes() {
        return loaded.notes();
    }

    /** The folder of a recorder's store. */
    Path folder(RecorderEntry recorder) {
        return new RecorderFolders(data).of(recorder);
    }

    /** The folders that are searched for a configuration: the add-on's, usually {@code /data}, and the current one. */
    record Places(Path addonData, Path current) {

        static Places usual() {
            return new Places(Path.of("/data"), Path.of("").toAbsolutePath());
        }
    }

    /**
     * Reads the given file, else the add-on's options, else {@code lightnvr-mqtt.yaml} in the current folder; without any of
     * them, takes the defaults if the recorder's address is given.
     *
     * @param nvr the recorder's address, which overrides that of the file
     * @param data the data folder, if given
     * @throws ConfigurationException if the configuration is invalid
     * @throws NoConfigurationException if there is neither a file nor an address
     */
    static ConfigurationChoice make(Optional<Path> file, Optional<String> nvr, Optional<Path> data, Places places)
            throws ConfigurationException, NoConfigurationException {
        Optional<Path> found = file.or(() -> existing(places.addonData().resolve(OPTIONS_FILE)))
                .or(() -> existing(places.current().resolve(LOCAL_FILE)));
        if (found.isEmpty() && nvr.isEmpty()) {
            throw new NoConfigurationException(places);
        }
        Path folder = data.orElseGet(() -> folderOf(found, places)).toAbsolutePath();
        LoadedConfiguration loaded = found.isPresent()
                ? ConfigurationReader.read(found.get(), nvr, new RecorderFolders(folder).known())
                : ConfigurationReader.defaults(nvr.get());
        ConfigurationMapping.checkCertificate(loaded.configuration().mqtt());
        String origin = found.map(Path::toString).orElse("the defaults");
        return new ConfigurationChoice(loaded, origin, folder);
    }

    private static Optional<Path> existing(Path file) {
        return Optional.of(file).filter(Files::exists);
    }

    private static Path folderOf(Optional<Path> file, Places places) {
        return file.map(path -> path.toAbsolutePath().getParent())
                .filter(Files::isWritable)
                .orElse(places.current());
    }

    /** There is neither a configuration file nor the address of a recorder; the message lists what to do. */
    public static final class NoConfigurationException extends Exception {

        private static final long serialVersionUID = 1L;

        NoConfigurationException(Places places) {
            super("""
                    No configuration: there is neither %s
                    nor %s in the current folder, and --nvr is not given. Do one of these:
                      pass a file:          run --config FILE
                      create %s with at least
                                            nvr:
                                              url: http://RECORDER:8080
                      pass the address:     run --nvr http://RECORDER:8080   (broker at localhost:1883)""".formatted(places.addonData().resolve(OPTIONS_FILE), LOCAL_FILE, LOCAL_FILE));
        }
    }
}
