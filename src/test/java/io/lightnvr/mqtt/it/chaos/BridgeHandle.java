package io.lightnvr.mqtt.it.chaos;

import io.lightnvr.mqtt.it.BridgeOptions;
import io.lightnvr.mqtt.it.BridgeProcess;
import io.lightnvr.mqtt.it.Program;
import io.lightnvr.mqtt.it.SmallDisk;
import io.lightnvr.mqtt.it.TestBed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The bridge's process, which may be killed and started again with its options and its data, with a disk and a clock of its own. */
final class BridgeHandle {

    private final TestBed bed;
    private final Path options;
    private final Path data;
    private final SmallDisk disk;
    private final MachineClock clock;
    private final List<Program> programs = new ArrayList<>();

    BridgeHandle(TestBed bed, BridgeOptions options) {
        this(bed, options, new MachineClock(bed));
    }

    BridgeHandle(TestBed bed, BridgeOptions options, MachineClock clock) {
        this.bed = bed;
        this.options = options.write(bed);
        this.data = makeFolder(bed.folder().resolve("data"));
        this.disk = SmallDisk.mount(bed, data);
        this.clock = clock;
    }

    void start() {
        clock.begin();
        List<String> prefix = new ArrayList<>(disk.prefix());
        prefix.addAll(clock.prefix());
        programs.add(BridgeProcess.start(bed, prefix, "run", "--config", options.toString(), "--data", data.toString())
                .program());
    }

    /** The one that was started last. */
    Program program() {
        return programs.get(programs.size() - 1);
    }

    /** Each time that it was started, in order. */
    List<Program> programs() {
        return programs;
    }

    /** The clock of its machine. */
    MachineClock clock() {
        return clock;
    }

    /** Where its data is. */
    SmallDisk disk() {
        return disk;
    }

    private static Path makeFolder(Path path) {
        try {
            return Files.createDirectory(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
