package io.lightnvr.mqtt.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A folder on a disk of its own, of 2 MiB, that can be filled and made read-only. Needs root. */
final class SmallDisk implements AutoCloseable {

    private final TestBed bed;
    private final Path folder;

    private SmallDisk(TestBed bed, Path folder) {
        this.bed = bed;
        this.folder = folder;
    }

    static SmallDisk mount(TestBed bed) {
        try {
            SmallDisk disk =
                    new SmallDisk(bed, Files.createDirectory(bed.folder().resolve("disk")));
            disk.run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.folder.toString());
            return bed.own(disk);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path folder() {
        return folder;
    }

    /** Takes all the room that there is. */
    void fill() {
        byte[] block = new byte[4096];
        try (var out = Files.newOutputStream(folder.resolve("filler"))) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            // That is what was wanted.
        }
    }

    void makeRoom() {
        try {
            Files.delete(folder.resolve("filler"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void makeReadOnly() {
        run("mount", "-o", "remount,ro", folder.toString());
    }

    void makeWritable() {
        run("mount", "-o", "remount,rw", folder.toString());
    }

    private void run(String... command) {
        int status = Program.start(command[0], bed.folder(), Map.of(), List.of(command))
                .exitStatus(Duration.ofSeconds(10));
        if (status != 0) {
            throw new AssertionError(String.join(" ", command) + " ended with " + status + "; it needs root");
        }
    }

    @Override
    public void close() {
        run("umount", "-l", folder.toString());
    }
}
