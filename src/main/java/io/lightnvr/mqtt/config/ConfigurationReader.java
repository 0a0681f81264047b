package io.lightnvr.mqtt.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads a configuration file of at most 64 KiB in UTF-8, with or without a byte order mark. */
public final class ConfigurationReader {

    private static final int MAX_BYTES = 64 << 10;
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final String NVR_URL = "nvr.url";
    private static final String NVR_ARGUMENT = "--nvr";

    private ConfigurationReader() {}

    /**
     * The configuration in a file. A missing recorder is no problem here, but in {@link Configuration#requireNvr()}.
     *
     * @param file ends in {@code .json}, {@code .yaml}, {@code .yml} or {@code .ini}
     * @param nvrUrl the recorder's address from the command line, which overrides the file's
     * @throws ConfigurationException with all problems
     */
    public static LoadedConfiguration read(Path file, Optional<String> nvrUrl) throws ConfigurationException {
        return read(file, nvrUrl, KnownRecorders.NONE);
    }

    /**
     * The same, where recorders may have been there before.
     *
     * @param known what the data folder tells of them
     */
    public static LoadedConfiguration read(Path file, Optional<String> nvrUrl, KnownRecorders known)
            throws ConfigurationException {
        return read(file, bytes(file), nvrUrl, known);
    }

    /** Reads what a file holds. */
    static LoadedConfiguration read(Path file, byte[] bytes, Optional<String> nvrUrl, KnownRecorders known)
            throws ConfigurationException {
        ConfigurationBuilder builder = builder(file, bytes);
        nvrUrl.ifPresent(url -> builder.put(NVR_URL, NVR_ARGUMENT, new Node.Scalar(url)));
        if (nvrUrl.isPresent() && builder.hasRecorders()) {
            builder.problem(Problem.of(
                    NVR_ARGUMENT,
                    "names one recorder, and the file has a list of them",
                    "leave it out, or change the address in the file"));
        }
        return builder.build(file.toAbsolutePath().getParent(), known);
    }

    /**
     * The configuration without a file: all defaults, with the broker at {@code localhost:1883}.
     *
     * @param nvrUrl the recorder's address from the command line
     * @throws ConfigurationException if the address is not valid
     */
    public static LoadedConfiguration defaults(String nvrUrl) throws ConfigurationException {
        return new ConfigurationBuilder()
                .put(NVR_URL, NVR_ARGUMENT, new Node.Scalar(nvrUrl))
                .build(Path.of(""), KnownRecorders.NONE);
    }

    /**
     * The configuration with the values of some options, and the defaults of all others.
     *
     * @param options values by key, such as {@code mqtt.qos}, as in a file
     * @throws ConfigurationException with all problems
     * @throws IllegalArgumentException if a key is not an option's
     */
    public static Configuration of(Map<String, String> options) throws ConfigurationException {
        ConfigurationBuilder builder = new ConfigurationBuilder();
        options.forEach((key, value) -> builder.put(key, key, new Node.Scalar(value)));
        return builder.build(Path.of(""), KnownRecorders.NONE).configuration();
    }

    private static ConfigurationBuilder builder(Path file, byte[] bytes) throws ConfigurationException {
        String name = file.toString();
        return switch (extension(name)) {
            case ".json" -> OptionTree.read(name, TreeReader.json(name, text(file, bytes)));
            case ".yaml", ".yml" -> OptionTree.read(name, TreeReader.yaml(name, text(file, bytes)));
            case ".ini" -> LightNvrIni.read(name, IniReader.read(text(file, bytes)));
            default -> throw refused(file, "has an unknown extension", "use a file in .json, .yaml, .yml or .ini");
        };
    }

    private static String extension(String name) {
        return name.substring(Math.max(0, name.lastIndexOf('.'))).toLowerCase(Locale.ROOT);
    }

    private static String text(Path file, byte[] bytes) throws ConfigurationException {
        if (bytes.length > MAX_BYTES) {
            throw refused(file, "is larger than 64 KiB", "name a configuration file");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw refused(file, "is not UTF-8 text", "save it as UTF-8");
        }
    }

    private static byte[] bytes(Path file) throws ConfigurationException {
        if (Files.isDirectory(file)) {
            throw refused(file, "is a folder", "name a file in it");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MAX_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw refused(file, "does not exist", "check the path");
        } catch (AccessDeniedException e) {
            throw refused(file, "is not readable by this user", "give the user the right to read it");
        } catch (IOException e) {
            throw refused(file, "cannot be read", "check the file and its disk");
        }
    }

    private static ConfigurationException refused(Path file, String rule, String whatToDo) {
        return new ConfigurationException(Problem.of(file.toString(), rule, whatToDo));
    }
}
