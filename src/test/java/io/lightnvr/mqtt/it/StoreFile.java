package io.lightnvr.mqtt.it;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The bridge's store, as people look into it: with sqlite3, also while the bridge runs. */
public final class StoreFile {

    private static final String NAME = "lightnvr-mqtt.db";

    private final TestBed bed;
    private final Path file;

    private final List<String> prefix;

    private StoreFile(TestBed bed, Path folder, List<String> prefix) {
        this.bed = bed;
        this.file = folder.resolve(NAME);
        this.prefix = prefix;
    }

    /** The store in the test's folder, where the options are. */
    public static StoreFile of(TestBed bed) {
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
        Program program = sqlite3(sql);
        if (program.exitStatus(Arrivals.PATIENCE) != 0) {
            throw new AssertionError("sqlite3: " + program.errors().all());
        }
        return String.join("\n", program.output().all());
    }

    /** Waits until so many events wait in it. */
    public void awaitWaiting(int events, Duration patience) {
        List<String> count = List.of(Integer.toString(events));
        if (!Eventually.within(patience, () -> waiting().equals(count))) {
            throw new AssertionError("%s does not hold %d events but %s".formatted(file, events, waiting()));
        }
    }

    /** How many events wait, as one line; none, or what sqlite3 says, while the bridge has not made the store. */
    private List<String> waiting() {
        Program program = sqlite3("SELECT count(*) FROM outbox WHERE visit = 0");
        boolean done = program.exitStatus(Arrivals.PATIENCE) == 0;
        return done ? program.output().all() : program.errors().all();
    }

    private Program sqlite3(String sql) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of("sqlite3", file.toString(), sql));
        return Program.start("sqlite3", bed.folder(), Map.of(), command);
    }
}
