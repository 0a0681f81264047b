package io.lightnvr.mqtt.cli;

import io.lightnvr.mqtt.bridge.ConfigurationMapping;
import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.config.ConfigurationException;
import io.lightnvr.mqtt.config.ConfigurationReader;
import io.lightnvr.mqtt.config.LoadedConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which configuration a command uses and where it may keep files.
 *
 * @param configuration what was chosen
 * @param notes what the user should hear about it once
 * @param origin where it comes from, for people
 * @param data the folder for files
 */
public record ConfigurationChoice(Configuration configuration, List<String> notes, String origin, Path data) {

    private static final String OPTIONS_FILE = "options.json";
    private static final String LOCAL_FILE = "lightnvr-mqtt.yaml";

    /** Where things are looked for: the add-on's folder, usually {@code /data}, and the current one. */
    record Places(Path addonData, Path current) {

        static Places usual() {
            return new Places(Path.of("/data"), Path.of("").toAbsolutePath());
        }
    }

    /**
     * The file that was named; else the add-on's options; else {@code lightnvr-mqtt.yaml} here; else, with a recorder's
     * address, the defaults.
     *
     * @throws NoConfigurationException where there is none of these
     */
    static ConfigurationChoice make(Optional<Path> file, Optional<String> nvr, Optional<Path> data, Places places)
            throws ConfigurationException, NoConfigurationException {
        Optional<Path> found = file.or(() -> existing(places.addonData().resolve(OPTIONS_FILE)))
                .or(() -> existing(places.current().resolve(LOCAL_FILE)));
        if (found.isEmpty() && nvr.isEmpty()) {
            throw new NoConfigurationException(places);
        }
        LoadedConfiguration loaded = found.isPresent()
                ? ConfigurationReader.read(found.get(), nvr)
                : ConfigurationReader.defaults(nvr.get());
        ConfigurationMapping.checkCertificate(loaded.configuration().mqtt());
        Path folder = data.orElseGet(() -> folderOf(found, places));
        String origin = found.map(Path::toString).orElse("the defaults");
        return new ConfigurationChoice(loaded.configuration(), loaded.notes(), origin, folder.toAbsolutePath());
    }

    private static Optional<Path> existing(Path file) {
        return Optional.of(file).filter(Files::exists);
    }

    private static Path folderOf(Optional<Path> file, Places places) {
        return file.map(path -> path.toAbsolutePath().getParent())
                .filter(Files::isWritable)
                .orElse(places.current());
    }

    /** There is no configuration anywhere. */
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
