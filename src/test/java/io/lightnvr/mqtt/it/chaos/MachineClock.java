package io.lightnvr.mqtt.it.chaos;

import io.lightnvr.mqtt.it.TestBed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/**
 * The clock of the machine that a program runs on, which can be set while it runs: libfaketime, of Debian's package {@code
 * faketime}, shows the program another time of day. Timers go on as they are, as on a machine whose clock is set. A
 * program sees it a second later at most.
 *
 * <p>It may also go faster, and all timers with it, so that a day passes in an hour.
 */
final class MachineClock {

    private static final Path LIBRARIES = Path.of("/usr/lib");
    private static final String LIBRARY = "faketime/libfaketimeMT.so.1";

    private final Path file;
    private final Path next;
    private final InstantSource right;
    private final int speed;
    private long begun;
    private long ahead;

    /** It is right at first. */
    MachineClock(TestBed bed) {
        this(bed, InstantSource.system(), 1);
    }

    /**
     * It is right at first.
     *
     * @param right the right time, which may be another day
     * @param speed how many seconds of it pass in a second
     */
    MachineClock(TestBed bed, InstantSource right, int speed) {
        this.right = right;
        this.speed = speed;
        file = bed.folder().resolve("clock");
        next = bed.folder().resolve("clock.next");
        begin();
    }

    /** A program begins to see it: from its start on libfaketime counts the seconds that pass faster. */
    void begin() {
        begun = Duration.between(InstantSource.system().instant(), right.instant())
                .toSeconds();
        set(ahead);
    }

    /** Sets it, in seconds ahead of the right time. */
    void set(long secondsAhead) {
        ahead = secondsAhead;
        try {
            Files.writeString(next, "%+d x%d%n".formatted(begun + ahead, speed));
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
                "FAKETIME_DONT_FAKE_MONOTONIC=" + (speed == 1 ? 1 : 0),
                "FAKETIME_FORCE_MONOTONIC_FIX=" + (speed == 1 ? 0 : 1));
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
