package io.lightnvr.mqtt.check;

import io.lightnvr.mqtt.store.StoreInspection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder in which the bridge keeps what must not be lost. */
public final class DataCheck {

    private static final long MIB = 1 << 20;
    private static final long LITTLE_MIB = 100;
    private static final long TOO_LITTLE_MIB = 5;

    private final Path folder;
    private final CheckReport.Part part;

    public DataCheck(Path folder, CheckReport.Part part) {
        this.folder = folder;
        this.part = part;
    }

    public void check(StoreInspection store) {
        if (!Files.isDirectory(folder)) {
            part.failed(folder + " is not a folder", "make it, or name another one with --data");
            return;
        }
        if (Files.isWritable(folder)) {
            part.ok(folder + " can be written");
        } else {
            part.failed(
                    folder + " cannot be written", "give the bridge's user the right to, or name another with --data");
        }
        space();
        store(store);
    }

    private void space() {
        try {
            long free = Files.getFileStore(folder).getUsableSpace() / MIB;
            if (free >= LITTLE_MIB) {
                part.ok(free + " MiB are free");
            } else if (free >= TOO_LITTLE_MIB) {
                part.warning("only " + free + " MiB are free", "make room there: events wait on that disk");
            } else {
                part.failed("only " + free + " MiB are free", "make room there: nothing can be kept");
            }
        } catch (IOException e) {
            part.warning("the free space is not known: " + e.getMessage(), "look at that disk");
        }
    }

    private void store(StoreInspection store) {
        if (store.held()) {
            part.ok("a bridge works with it");
        } else if (store.trouble().isPresent()) {
            part.failed(
                    store.file() + ": " + store.trouble().get(),
                    "the bridge sets a damaged file aside and begins anew");
        } else if (!Files.exists(store.file())) {
            part.ok("there is no store yet; the bridge makes it");
        } else if (store.waiting() == 0) {
            part.ok("the store is sound, and nothing waits in it");
        } else {
            part.warning(
                    store.waiting() + " events wait in the store"
                            + store.oldest()
                                    .map(since -> ", the oldest since " + since)
                                    .orElse(""),
                    "start the bridge: it sends them");
        }
    }
}
