package io.lightnvr.mqtt.web;

import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.status.VisitStatus.Shown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** A history in a folder of its own, with what it writes and tells within reach. */
abstract class HistoryOnDisk {

    static final StreamName DOOR = new StreamName("Front Door");
    static final StreamName YARD = new StreamName("yard");
    static final Shown DOG = new Shown("dog", 0.75f, new Box(0, 0, 0.5f, 0.5f));

    @TempDir
    private Path data;

    final Writer writer = new Writer();
    final FullDisk disk = new FullDisk();
    final List<KeptVisit> told = new ArrayList<>();
    long now = Long.MAX_VALUE - 1_000_000_000L;

    Path folder() {
        return data.resolve("page");
    }

    VisitHistory open(long limit) {
        return new VisitHistory(new HistoryFolder(folder(), () -> now, disk), limit, writer, () -> now, told::add);
    }

    VisitHistory again(VisitHistory history, long limit) {
        writer.work();
        history.rewrite();
        return open(limit);
    }

    List<String> files() throws IOException {
        writer.work();
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    static List<String> ids(VisitHistory history) {
        return history.visits().stream().map(kept -> kept.visit().id()).toList();
    }

    KeptVisit told() {
        return told.get(told.size() - 1);
    }

    static byte[] jpeg(int size) {
        return new byte[size];
    }
}
