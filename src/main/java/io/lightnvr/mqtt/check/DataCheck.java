package io.lightnvr.mqtt.check;

import io.lightnvr.mqtt.store.FileRights;
import io.lightnvr.mqtt.store.StoreInspection;
import io.lightnvr.mqtt.store.StoreTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Checks the data folder: its permissions, its free space, and the store in it. */
public final class DataCheck {

    private static final long MIB = 1 << 20;
    private static final long LITTLE_MIB = 100;
    private static final long TOO_LITTLE_MIB = 5;

    private final Path folder;
    private final boolean isMade;
    private final CheckReport.Part part;

    /**
     * @param folder the data folder, which may be missing
     * @param isMade whether the bridge makes it
     */
    public DataCheck(Path folder, boolean isMade, CheckReport.Part part) {
        this.folder = folder;
        this.isMade = isMade;
        this.part = part;
    }

    /** @param store an inspection of the store in the folder */
    public void check(StoreInspection store) {
        if (isMade && !Files.exists(folder)) {
            part.ok("there is no store yet; the bridge creates it");
            return;
        }
        if (!Files.isDirectory(folder)) {
            part.failed(folder + " is not a folder", "create it, or choose another one with --data");
            return;
        }
        if (Files.isWritable(folder)) {
            part.ok(folder + " is writable");
        } else {
            StoreTrouble refused = FileRights.ofFolder(folder)
                    .orElse(new StoreTrouble(folder + " is not writable", "give the bridge's user write access"));
            part.failed(refused.sentence(), refused.whatToDo() + ", or choose another one with --data");
        }
        checkFreeSpace();
        checkStore(store);
    }

    private void checkFreeSpace() {
        try {
            long free = Files.getFileStore(folder).getUsableSpace() / MIB;
            if (free >= LITTLE_MIB) {
                part.ok(free + " MiB free");
            } else if (free >= TOO_LITTLE_MIB) {
                part.warning("only " + free + " MiB free", "free some space: waiting events are stored on that disk");
            } else {
                part.failed("only " + free + " MiB free", "free some space: no event can be stored");
            }
        } catch (IOException e) {
            part.warning("cannot determine the free space: " + e.getMessage(), "check that disk");
        }
    }

    private void checkStore(StoreInspection store) {
        if (store.held()) {
            part.ok("a running bridge uses it");
        } else if (store.trouble().isPresent()) {
            part.failed(store.trouble().get().sentence(), store.trouble().get().whatToDo());
        } else {
            FileRights.foreign(folder).ifPresent(foreign -> part.warning(foreign.sentence(), foreign.whatToDo()));
            checkContent(store);
        }
    }

    private void checkContent(StoreInspection store) {
        if (!Files.exists(store.file())) {
            part.ok("there is no store yet; the bridge creates it");
        } else if (store.waiting() == 0) {
            part.ok("the store is intact, and no events are waiting");
        } else {
            part.warning(
                    "events waiting in the store: " + store.waiting()
                            + store.oldest()
                                    .map(since -> " (oldest: " + since + ")")
                                    .orElse(""),
                    "start the bridge to send them");
        }
    }
}
