package io.lightnvr.mqtt.config;

import io.lightnvr.mqtt.fuzz.Parser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The parsers of configuration files. */
public final class ConfigurationParsers {

    /** Where the files are that the configurations name. */
    private static final Path FOLDER = Path.of("src/test/resources/io/lightnvr/mqtt/config");

    private ConfigurationParsers() {}

    public static List<Parser> all() {
        return List.of(
                files("options.json", ".json")
                        .with(read("full.json"))
                        .with("{\"mqtt\":{\"qos\":2}}")
                        .finding("thousands of keys", thousandsOfKeys()),
                files("yaml", ".yaml")
                        .with(read("full.yaml"))
                        .with("# nothing\n")
                        .finding("a long comment", "#" + "`".repeat(1 << 20)),
                files("ini", ".ini")
                        .with(read("full.ini"))
                        .with(read("documented.ini"))
                        .with(read("recorder-saved.ini"))
                        .finding("thousands of lines that are none", "[mqtt]\n" + "t)\n".repeat(21_000))
                        .finding("a long key of wide letters", "[mqtt]\n" + "\uD83D\uDE00".repeat(16_000) + " = 1\n")
                        .finding("thousands of entries", "[mqtt]\n" + "t=\n".repeat(21_000)));
    }

    private static String thousandsOfKeys() {
        return IntStream.range(0, 5_000).mapToObj(i -> "\"k" + i + "\":0").collect(Collectors.joining(",", "{", "}"));
    }

    private static Parser files(String name, String extension) {
        return Parser.of(
                        name,
                        input -> ConfigurationReader.read(
                                FOLDER.resolve("fuzz" + extension), input, Optional.empty(), KnownRecorders.NONE))
                .upTo(64 << 10)
                .refusing(ConfigurationException.class);
    }

    private static byte[] read(String name) {
        try (InputStream file = ConfigurationParsers.class.getResourceAsStream(name)) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
