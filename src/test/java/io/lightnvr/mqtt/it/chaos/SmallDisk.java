package io.lightnvr.mqtt.it.chaos;

import io.lightnvr.mqtt.it.Program;
import io.lightnvr.mqtt.it.TestBed;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A small disk of the bridge's own, which can be filled. It is mounted where only programs with its {@link #prefix} see it,
 * so that nothing is left of it when they end, whatever ends them. Only root can do that.
 */
final class SmallDisk {

    private static final int SIZE_MIB = 24;
    private static final int BLOCK = 4_096;
    private static final String HOLD = "mount -t tmpfs -o size=%dm tmpfs '%s' && echo mounted && exec cat";

    private final Program holder;
    private final Path filler;

    private SmallDisk(Program holder, Path folder) {
        this.holder = holder;
        // The way into another program's mounts.
        this.filler = Path.of("/proc", Long.toString(holder.pid()), "root", folder.toString(), "filler");
    }

    /** @param folder where it is mounted */
    static SmallDisk mount(TestBed bed, Path folder) {
        String script = HOLD.formatted(SIZE_MIB, folder);
        Program holder = bed.program("disk", Map.of(), List.of("unshare", "--mount", "sh", "-c", script));
        try {
            holder.output().await("a mount", "mounted"::equals);
        } catch (AssertionError e) {
            throw new AssertionError(
                    "The bridge's folder gets a disk of its own, which only root can mount: run .ci/test as root. It says: "
                            + holder.errors().all(),
                    e);
        }
        return new SmallDisk(holder, folder);
    }

    /** What a command begins with to see it. */
    List<String> prefix() {
        return List.of("nsenter", "--mount=/proc/" + holder.pid() + "/ns/mnt", "--");
    }

    /** Leaves no byte free. */
    void fill() {
        try (OutputStream out = Files.newOutputStream(filler)) {
            byte[] block = new byte[BLOCK];
            for (int i = 0; i <= SIZE_MIB * 1_024 * 1_024 / BLOCK; i++) {
                out.write(block);
            }
            throw new AssertionError("The disk takes more than it can hold");
        } catch (IOException e) {
            requireFull(e);
        }
    }

    /** Makes room again. */
    void free() {
        try {
            Files.delete(filler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireFull(IOException e) {
        if (!String.valueOf(e.getMessage()).contains("No space left on device")) {
            throw new UncheckedIOException(e);
        }
    }
}
