package io.lightnvr.mqtt.it;

import java.nio.file.Files;
import java.nio.file.Path;

/** The Python with paho-mqtt 2.2 and prometheus_client that {@code .ci/test} makes. */
public final class Python {

    private static final String VARIABLE = "LIGHTNVR_TEST_PYTHON";

    private Python() {}

    /** The folder of its programs: what the environment names, else where {@code .ci/test} puts it. */
    public static Path bin() {
        String named = System.getenv(VARIABLE);
        Path bin = named == null ? usual() : Path.of(named);
        if (!Files.isExecutable(bin.resolve("python3"))) {
            throw new AssertionError(
                    "There is no Python in " + bin + ": " + VARIABLE
                            + " must name the bin folder of one with paho-mqtt 2.2 and prometheus_client; run .ci/test, which makes one");
        }
        return bin;
    }

    private static Path usual() {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path folder =
                cache == null || cache.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        return folder.resolve("lightnvr-mqtt/python/bin");
    }
}
