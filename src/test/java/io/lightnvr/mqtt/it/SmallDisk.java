package io.lightnvr.mqtt.it;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A small disk of the bridge's own, which can be filled, and be made read-only or free of programs. It is mounted where only
 * programs with its {@link #prefix} see it, so that nothing is left of it when they end, whatever ends them. Only root can do that.
 */
public final class SmallDisk {

    private static final int SIZE_MIB = 24;
    private static final int BLOCK = 4_096;
    private static final String HOLD = "mount -t tmpfs -o size=%dm tmpfs '%s' && echo mounted && exec cat";

    private final TestBed bed;
    private final Program holder;
    private final Path folder;
    private final Path filler;

    private SmallDisk(TestBed bed, Program holder, Path folder) {
        this.bed = bed;
        this.holder = holder;
        this.folder = folder;
        // The way into another program's mounts.
        this.filler = Path.of("/proc", Long.toString(holder.pid()), "root", folder.toString(), "filler");
    }

    /** @param folder where it is mounted */
    public static SmallDisk mount(TestBed bed, Path folder) {
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
        return new SmallDisk(bed, holder, folder);
    }

    /** Where programs with the {@link #prefix} see it. */
    Path folder() {
        return folder;
    }

    /** Where everybody else sees it, for as long as it is there. */
    public Path outside() {
        return filler.getParent();
    }

    void makeReadOnly() {
        remount("ro");
    }

    void makeWritable() {
        remount("rw");
    }

    /** From now on no program or library on it may be executed. */
    void forbidPrograms() {
        remount("noexec");
    }

    private void remount(String how) {
        List<String> command = new ArrayList<>(prefix());
        command.addAll(List.of("mount", "-o", "remount," + how, folder.toString()));
        Program mount = Program.start("mount", bed.folder(), Map.of(), command);
        if (mount.exitStatus(Arrivals.PATIENCE) != 0) {
            throw new AssertionError(
                    "The disk cannot be mounted anew: " + mount.errors().all());
        }
    }

    /** What a command begins with to see it. */
    public List<String> prefix() {
        return List.of("nsenter", "--mount=/proc/" + holder.pid() + "/ns/mnt", "--");
    }

    /** Leaves no byte free. */
    public void fill() {
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
    public void free() {
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
