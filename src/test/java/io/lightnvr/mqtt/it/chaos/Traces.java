package io.lightnvr.mqtt.it.chaos;

import io.lightnvr.mqtt.it.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The folder of a round, {@code target/chaos/SEED}: what is written while it lasts, and the logs of a bad end. */
final class Traces {

    private final Path folder;

    private Traces(Path folder) {
        this.folder = folder;
    }

    /** An empty folder, where an earlier round of the seed may have left something. */
    static Traces of(long seed) {
        Traces traces =
                new Traces(Path.of("target", "chaos", Long.toString(seed)).toAbsolutePath());
        traces.remove();
        try {
            Files.createDirectories(traces.folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return traces;
    }

    Path folder() {
        return folder;
    }

    /** Writes what a program printed. */
    void keep(String name, Program program) {
        write(name + ".out", program.output().all());
        write(name + ".log", program.errors().all());
    }

    void write(String name, List<String> lines) {
        try {
            if (!lines.isEmpty()) {
                Files.write(folder.resolve(name), lines);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void remove() {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
