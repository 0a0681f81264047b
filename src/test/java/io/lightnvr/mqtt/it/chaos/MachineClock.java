package io.lightnvr.mqtt.it.chaos;

import io.lightnvr.mqtt.it.TestBed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The clock of the machine that a program runs on, which can be set while it runs: libfaketime, of Debian's package {@code
 * faketime}, shows the program another time of day. Timers go on as they are, as on a machine whose clock is set. A
 * program sees it a second later at most.
 */
final class MachineClock {

    private static final Path LIBRARIES = Path.of("/usr/lib");
    private static final String LIBRARY = "faketime/libfaketimeMT.so.1";

    private final Path file;
    private final Path next;

    /** It is right at first. */
    MachineClock(TestBed bed) {
        file = bed.folder().resolve("clock");
        next = bed.folder().resolve("clock.next");
        set(0);
    }

    /** Sets it, in seconds ahead of the right time. */
    void set(long ahead) {
        try {
            Files.writeString(next, "%+d%n".formatted(ahead));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a command begins with to see it. */
    List<String> prefix() {
        return List.of(
                "env",
                "LD_PRELOAD=" + library(),
                "FAKETIME_TIMESTAMP_FILE=" + file,
                "FAKETIME_CACHE_DURATION=1",
                "FAKETIME_DONT_FAKE_MONOTONIC=1",
                "FAKETIME_FORCE_MONOTONIC_FIX=0");
    }

    /** It lies in the folder of the machine's architecture. */
    private static Path library() {
        try (Stream<Path> folders = Files.list(LIBRARIES)) {
            return folders.map(folder -> folder.resolve(LIBRARY))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(
                            "The clock is set by " + LIBRARY + ": run .ci/test, which installs the package faketime"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
