package io.lightnvr.mqtt.store;

import static io.lightnvr.mqtt.store.Events.DOOR;
import static io.lightnvr.mqtt.store.Events.YARD;
import static io.lightnvr.mqtt.store.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.publish.RenderedEvent;
import io.lightnvr.mqtt.source.Checkpoint;
import io.lightnvr.mqtt.source.Mark;
import io.lightnvr.mqtt.source.SeenRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the process at every write of a scripted run: before and after whatever the database is told to do, the files are
 * copied as they are, which is what the next process would find. A power cut that tears the last write is the same with
 * the end of the log cut off. Each copy is opened and must hold all that the run could rely on by then.
 */
class StoreCrashIT {

    private static final int STEPS = 150;
    private static final StoreLimits LIMITS = new StoreLimits(100_000, Duration.ofHours(24), Duration.ofSeconds(30));

    @TempDir
    private Path folder;

    private final TestClock clock = new TestClock();
    private final Random random = new Random(20261122);
    private final Map<StreamName, Promised> promised =
            new HashMap<>(Map.of(DOOR, new Promised(), YARD, new Promised()));
    private final Set<String> found = new HashSet<>();
    private Path files;
    private int crashes;

    /** What the run relies on, of one stream; events are numbered from 1 up as they are found, as are their rows. */
    private static final class Promised {
        private int offered;
        private int stored;
        private final Map<String, Long> sequences = new TreeMap<>();
        private final Set<String> removing = new HashSet<>();
        private final Set<String> settled = new HashSet<>();
    }

    @Test
    void aKillAtAnyWriteLosesNothingAndNumbersNothingAnew() throws Exception {
        files = Files.createDirectory(folder.resolve("store"));
        Connector watched = (config, url) -> WatchedConnection.of(config.createConnection(url), method -> crash());
        try (Store store = new SqliteStore(StoreFolder.open(files, Schema.current(), watched, clock), LIMITS, clock)) {
            List<SequencedEvent> taken = new ArrayList<>();
            for (int step = 0; step < STEPS; step++) {
                step(store, taken);
                clock.pass(Duration.ofSeconds(7));
            }
        }

        assertThat(crashes).isGreaterThan(1_000);
        assertThat(found).as("the copies hold all kinds of events").contains("waiting", "numbered", "torn");
    }

    private void step(Store store, List<SequencedEvent> taken) {
        switch (random.nextInt(5)) {
            case 0, 1 -> add(store, random.nextBoolean() ? DOOR : YARD, 1 + random.nextInt(4));
            case 2 -> {
                List<SequencedEvent> more = store.take(new TakeRequest(1 + random.nextInt(5), 3, Set.of()));
                more.forEach(event ->
                        promised.get(event.event().stream()).sequences.put(Events.id(event), event.sequence()));
                taken.addAll(more);
            }
            case 3 -> {
                List<SequencedEvent> gone = List.copyOf(taken.subList(0, Math.min(taken.size(), random.nextInt(4))));
                taken.removeAll(gone);
                gone.forEach(
                        event -> promised.get(event.event().stream()).removing.add(Events.id(event)));
                store.remove(gone);
            }
            default -> {
                store.flush();
                promised.values().forEach(stream -> stream.settled.addAll(stream.removing));
            }
        }
    }

    private void add(Store store, StreamName stream, int count) {
        Promised one = promised.get(stream);
        List<RenderedEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(event(stream, id(stream, ++one.offered), clock.instant(), random.nextInt(3_000)));
        }
        store.add(stream, events, Optional.of(checkpoint(one.offered)));
        one.stored = one.offered;
    }

    private static Checkpoint checkpoint(int rows) {
        List<Mark> marks = new ArrayList<>();
        for (int row = 1; row <= rows; row++) {
            marks.add(new Mark(row / 3, row % 3));
        }
        return new Checkpoint("rows=" + rows, SeenRows.NONE.plus(marks));
    }

    private static String id(StreamName stream, int number) {
        return "%s/%05d".formatted(stream.raw(), number);
    }

    private void crash() {
        try {
            check(copy(Optional.empty()));
            Path log = files.resolve("lightnvr-mqtt.db-wal");
            if (crashes % 5 == 0 && Files.exists(log) && Files.size(log) > 0) {
                tear(Files.size(log));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A write that was under way: what was promised was on the disk before it. */
    private void tear(long size) throws IOException {
        Path torn = copy(Optional.of(size - 1 - random.nextLong(Math.min(size, 200))));
        try (Store store = SqliteStore.open(torn, LIMITS, clock)) {
            // The last commit may be gone, but what is there is whole.
            checkWhole(store);
            found.add("torn");
        }
        delete(torn);
    }

    private Path copy(Optional<Long> logSize) throws IOException {
        Path copy = Files.createDirectory(folder.resolve("crash-" + ++crashes));
        for (String part : List.of("lightnvr-mqtt.db", "lightnvr-mqtt.db-wal")) {
            if (Files.exists(files.resolve(part))) {
                Files.copy(files.resolve(part), copy.resolve(part));
            }
        }
        if (logSize.isPresent()) {
            Path log = copy.resolve("lightnvr-mqtt.db-wal");
            byte[] bytes = Files.readAllBytes(log);
            Files.write(log, java.util.Arrays.copyOf(bytes, logSize.get().intValue()));
        }
        return copy;
    }

    private void check(Path copy) throws IOException {
        try (Store store = SqliteStore.open(copy, LIMITS, clock)) {
            Map<StreamName, Map<String, Long>> held = checkWhole(store);
            promised.forEach((stream, one) -> {
                Map<String, Long> here = held.getOrDefault(stream, Map.of());
                int read = store.checkpoint(stream).map(is -> is.seen().size()).orElse(0);
                for (int number = 1; number <= Math.max(one.stored, read); number++) {
                    String id = id(stream, number);
                    assertThat(here.containsKey(id) || one.removing.contains(id))
                            .as("%s is there", id)
                            .isTrue();
                }
                one.settled.forEach(
                        id -> assertThat(here).as("what is gone for good").doesNotContainKey(id));
                long newest = one.sequences.values().stream()
                        .mapToLong(Long::longValue)
                        .max()
                        .orElse(0);
                here.forEach((id, sequence) -> {
                    Long given = one.sequences.get(id);
                    assertThat(sequence).as("the sequence of %s", id).satisfies(is -> {
                        if (given != null) {
                            assertThat(is).isEqualTo(given);
                        } else {
                            assertThat(is).isGreaterThan(newest);
                        }
                    });
                    found.add(given == null ? "waiting" : "numbered");
                });
            });
        }
        delete(copy);
    }

    /** Events and checkpoint are of one transaction: the newest event's row is the last one that was seen. */
    private static Map<StreamName, Map<String, Long>> checkWhole(Store store) {
        Map<StreamName, Map<String, Long>> held = new HashMap<>();
        for (SequencedEvent event : Events.takeAll(store)) {
            held.computeIfAbsent(event.event().stream(), stream -> new TreeMap<>())
                    .put(Events.id(event), event.sequence());
        }
        held.forEach((stream, events) -> {
            int rows = store.checkpoint(stream).orElseThrow().seen().size();
            String newest = events.keySet().stream().reduce((a, b) -> b).orElseThrow();
            assertThat(newest).isLessThanOrEqualTo(id(stream, rows));
            assertThat(store.checkpoint(stream)).contains(checkpoint(rows));
        });
        return held;
    }

    private static void delete(Path copy) throws IOException {
        try (var files = Files.list(copy)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(copy);
    }
}
