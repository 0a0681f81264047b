package io.lightnvr.mqtt.it;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The bridge's store, as people look into it: with sqlite3, also while the bridge runs. */
final class StoreFile {

    private static final String NAME = "lightnvr-mqtt.db";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TestBed bed;
    private final Path file;

    private StoreFile(TestBed bed, Path file) {
        this.bed = bed;
        this.file = file;
    }

    /** The store in the test's folder, where the options are. */
    static StoreFile of(TestBed bed) {
        return in(bed, bed.folder());
    }

    static StoreFile in(TestBed bed, Path folder) {
        return new StoreFile(bed, folder.resolve(NAME));
    }

    Path path() {
        return file;
    }

    /** What sqlite3 prints. */
    String ask(String sql) {
        Program program = Program.start("sqlite3", bed.folder(), Map.of(), List.of("sqlite3", file.toString(), sql));
        program.exitStatus(PATIENCE);
        return String.join("\n", program.output().all());
    }

    /** Waits until so many events wait in it. */
    void awaitWaiting(int events, Duration patience) {
        String count = Integer.toString(events);
        if (!Eventually.within(
                patience, () -> ask("SELECT count(*) FROM outbox").equals(count))) {
            throw new AssertionError(
                    "%s does not hold %d events but %s".formatted(file, events, ask("SELECT count(*) FROM outbox")));
        }
    }
}
