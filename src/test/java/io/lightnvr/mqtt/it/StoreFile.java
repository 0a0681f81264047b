package io.lightnvr.mqtt.it;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The bridge's store, as people look into it: with sqlite3, also while the bridge runs. */
final class StoreFile {

    private static final String NAME = "lightnvr-mqtt.db";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TestBed bed;
    private final Path file;

    private final List<String> prefix;

    private StoreFile(TestBed bed, Path folder, List<String> prefix) {
        this.bed = bed;
        this.file = folder.resolve(NAME);
        this.prefix = prefix;
    }

    /** The store in the test's folder, where the options are. */
    static StoreFile of(TestBed bed) {
        return new StoreFile(bed, bed.folder(), List.of());
    }

    /** The store on a disk of its own. */
    static StoreFile on(TestBed bed, SmallDisk disk) {
        return new StoreFile(bed, disk.folder(), disk.prefix());
    }

    Path path() {
        return file;
    }

    /** What sqlite3 prints. */
    String ask(String sql) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of("sqlite3", file.toString(), sql));
        Program program = Program.start("sqlite3", bed.folder(), Map.of(), command);
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
