package io.lightnvr.mqtt.config;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Reads a configuration file; the end of its name says how it is spelled. */
public final class ConfigurationReader {

    private ConfigurationReader() {}

    /**
     * The configuration of a file.
     *
     * @param file ends in {@code .json}, {@code .yaml}, {@code .yml} or {@code .ini}
     * @param nvrUrl the recorder's address from the command line, which beats the file's
     * @throws ConfigurationException with everything that is wrong with the file. That nobody said where the recorder
     *     is does not count: {@link Configuration#requireNvr()}
     */
    public static LoadedConfiguration read(Path file, Optional<String> nvrUrl) throws ConfigurationException {
        return assembled(given(file), nvrUrl, file.toAbsolutePath().getParent());
    }

    /**
     * The configuration without a file: the broker at {@code localhost:1883}, everything else as by default.
     *
     * @throws ConfigurationException when the address cannot be a recorder's
     */
    public static LoadedConfiguration defaults(String nvrUrl) throws ConfigurationException {
        return assembled(new RawOptions(), Optional.of(nvrUrl), Path.of(""));
    }

    private static LoadedConfiguration assembled(RawOptions given, Optional<String> nvrUrl, Path folder)
            throws ConfigurationException {
        nvrUrl.ifPresent(url -> given.put(Options.NVR_URL, Options.NVR_ARGUMENT, new Node.Scalar(url)));
        return new ConfigurationBuilder(given, folder).assemble();
    }

    private static RawOptions given(Path file) throws ConfigurationException {
        String name = file.toString();
        return switch (ending(name)) {
            case ".json" -> TreeSpelling.read(name, NodeReader.json(name, FileText.read(file)));
            case ".yaml", ".yml" -> TreeSpelling.read(name, NodeReader.yaml(name, FileText.read(file)));
            case ".ini" -> IniSpelling.read(name, IniReader.read(FileText.read(file)));
            default ->
                throw new ConfigurationException(Problem.of(
                        name,
                        "has a name that does not say how it is spelled",
                        "let it end in .json, .yaml, .yml or .ini"));
        };
    }

    private static String ending(String name) {
        return name.substring(Math.max(0, name.lastIndexOf('.'))).toLowerCase(Locale.ROOT);
    }
}
