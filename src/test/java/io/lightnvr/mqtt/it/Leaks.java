package io.lightnvr.mqtt.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Looks for secrets where none may be. Not thread-safe. */
public final class Leaks {

    private final Map<String, String> secrets;
    private final List<String> found = new ArrayList<>();

    /** @param secrets what each one is, by the secret itself; unmistakable, of ASCII letters, digits, {@code -} and {@code _} */
    public Leaks(Map<String, String> secrets) {
        this.secrets = Map.copyOf(secrets);
    }

    /** Looks through lines. */
    public Leaks inLines(String where, Collection<String> lines) {
        lines.forEach(line -> inText(where, line));
        return this;
    }

    /** Looks through all that a program has printed. */
    public Leaks inPrinted(Program program) {
        return inLines(program.name() + "'s output", program.output().all())
                .inLines(program.name() + "'s errors", program.errors().all());
    }

    /** Looks through what everybody on the machine sees of a running process. */
    public Leaks inProcess(Program program) {
        return inFile(Path.of("/proc", Long.toString(program.pid()), "cmdline"));
    }

    /** Looks through the names and the bytes of all files in a folder. */
    public Leaks inFolder(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.forEach(file -> {
                inText("the name of " + file, folder.relativize(file).toString());
                if (Files.isRegularFile(file)) {
                    inFile(file);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Looks through the bytes of a file. */
    public Leaks inFile(Path file) {
        try {
            inText(file.toString(), new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException e) {
            // It was there for a moment only.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Each secret that was found, and where. */
    public List<String> found() {
        return List.copyOf(found);
    }

    private void inText(String where, String text) {
        secrets.forEach((secret, what) -> {
            if (text.contains(secret)) {
                found.add("%s is in %s".formatted(what, where));
            }
        });
    }
}
