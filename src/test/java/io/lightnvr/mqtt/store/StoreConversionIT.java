package io.lightnvr.mqtt.store;

import static io.lightnvr.mqtt.store.Events.DOOR;
import static io.lightnvr.mqtt.store.Events.NOON;
import static io.lightnvr.mqtt.store.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.it.Arrivals;
import io.lightnvr.mqtt.it.BridgeProcess;
import io.lightnvr.mqtt.it.Program;
import io.lightnvr.mqtt.it.TestBed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A process that is killed while it gives a file small pages, again and again and at other moments, loses nothing. */
class StoreConversionIT {

    private static final StoreLimits LIMITS = new StoreLimits(200_000, Duration.ofHours(24), Duration.ofSeconds(30));
    private static final int EVENTS = 2_500;
    private static final int EVENT_BYTES = 1_200;
    private static final int KILLS = 16;
    private static final String BEGINS = "begins";
    private static final String DONE = "done";
    private static final String NAME = "lightnvr-mqtt.db";

    @RegisterExtension
    private final TestBed bed = new TestBed();

    @Test
    void aKillWhileAFileGetsSmallPagesLosesNothing() throws Exception {
        Path old = bed.newFolder("old");
        fill(old);
        LargePages.give(old.resolve(NAME));
        Path unkilled = copy(old, "unkilled");
        Program whole = open(unkilled);
        long begin = System.nanoTime();
        whole.output().await("the end", DONE::equals);
        long nanos = System.nanoTime() - begin;
        assertThat(whole.exitStatus(Arrivals.PATIENCE)).isZero();

        for (int kill = 0; kill < KILLS; kill++) {
            Path folder = copy(old, "kill-" + kill);
            Program program = open(folder);
            pass(nanos * kill / KILLS);
            program.kill();
            program.exitStatus(Arrivals.PATIENCE);

            try (Store store = SqliteStore.open(folder, LIMITS, new TestClock())) {
                assertThat(Events.ids(Events.takeAll(store)))
                        .containsExactlyElementsOf(IntStream.range(0, EVENTS)
                                .mapToObj(Integer::toString)
                                .toList());
            }
            assertThat(LargePages.shape(folder.resolve(NAME))).isEqualTo(Vacuum.PAGE_BYTES + " 0");
        }
    }

    private static void fill(Path folder) throws StoreException {
        try (Store store = SqliteStore.open(folder, LIMITS, new TestClock())) {
            store.add(
                    DOOR,
                    IntStream.range(0, EVENTS)
                            .mapToObj(number -> event(DOOR, Integer.toString(number), NOON, EVENT_BYTES))
                            .toList(),
                    Optional.empty());
        }
    }

    private Path copy(Path old, String name) throws IOException {
        Path folder = bed.newFolder(name);
        Files.copy(old.resolve(NAME), folder.resolve(NAME));
        return folder;
    }

    /** Another process, at the moment in which it begins to open a store. */
    private Program open(Path folder) {
        Program program = bed.program(
                "opening",
                Map.of(),
                List.of(
                        BridgeProcess.java(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoreConversionIT.class.getName(),
                        folder.toString()));
        program.output().await("the beginning", BEGINS::equals);
        return program;
    }

    private static void pass(long nanos) {
        long until = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Opens the store of a folder. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        SqliteLibrary.load(folder);
        System.out.println(BEGINS);
        SqliteStore.open(folder, LIMITS, new TestClock()).close();
        System.out.println(DONE);
    }
}
