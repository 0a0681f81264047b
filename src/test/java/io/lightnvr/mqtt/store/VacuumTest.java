package io.lightnvr.mqtt.store;

import static io.lightnvr.mqtt.store.Events.DOOR;
import static io.lightnvr.mqtt.store.Events.NOON;
import static io.lightnvr.mqtt.store.Events.event;
import static io.lightnvr.mqtt.store.Events.ids;
import static io.lightnvr.mqtt.store.Events.takeAll;
import static io.lightnvr.mqtt.store.StoreContract.add;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.publish.RenderedEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are written anew as a whole. */
class VacuumTest {

    private static final StoreLimits LIMITS = new StoreLimits(200_000, Duration.ofHours(24), Duration.ofSeconds(30));
    private static final String LARGE = "4096 2";
    private static final String SMALL = Vacuum.PAGE_BYTES + " 0";
    private static final int LARGE_EVENT = 100_000;

    @TempDir
    private Path folder;

    private final TestClock clock = new TestClock();
    private Path file;
    private Store store;

    @BeforeEach
    void makeAStore() throws StoreException {
        file = folder.resolve("lightnvr-mqtt.db");
        open();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aNewFileHasSmallPages() throws SQLException {
        store.close();

        assertThat(LargePages.shape(file)).isEqualTo(SMALL);
    }

    @Test
    void givesAnOlderFileSmallPagesAndKeepsWhatItHolds() throws Exception {
        String id = store.storeId();
        addLarge(3);
        store.close();
        LargePages.give(file);

        open();

        assertThat(store.storeId()).isEqualTo(id);
        assertThat(ids(takeAll(store))).containsExactly("0", "1", "2");
        store.close();
        assertThat(LargePages.shape(file)).isEqualTo(SMALL);
    }

    @Test
    void leavesAnOlderFileAsItIsWhileMuchWaitsInIt() throws Exception {
        addLarge(45);
        addLarge(45);
        store.close();
        LargePages.give(file);

        open();

        assertThat(store.backlog().waiting()).isEqualTo(90);
        store.close();
        assertThat(LargePages.shape(file)).isEqualTo(LARGE);
    }

    @Test
    void goesOnWithTheOldPagesWhileAnotherProgramReadsTheFile() throws Exception {
        add(store, DOOR, "a");
        store.close();
        LargePages.give(file);

        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement reading = other.createStatement()) {
            reading.execute("BEGIN");
            reading.executeQuery("SELECT * FROM stream").close();
            open();
            add(store, DOOR, "b");
        }
        assertThat(store.backlog().trouble()).isEmpty();
        store.close();
        assertThat(LargePages.shape(file)).isEqualTo(LARGE);

        open();
        assertThat(ids(takeAll(store))).containsExactly("a", "b");
        store.close();
        assertThat(LargePages.shape(file)).isEqualTo(SMALL);
    }

    @Test
    void whatAKillLeavesBetweenTheStepsIsWhole() throws Exception {
        addLarge(2);
        store.close();
        LargePages.give(file);
        List<Path> copies = new ArrayList<>();
        Connector watched = (config, url) ->
                WatchedConnection.of(config.createConnection(url), method -> copies.add(copy(copies.size())));

        store = new SqliteStore(StoreFolder.open(folder, Schema.current(), watched, clock), LIMITS, clock);

        assertThat(copies).hasSizeGreaterThan(20);
        for (Path copy : copies) {
            try (Store left = SqliteStore.open(copy, LIMITS, clock)) {
                assertThat(ids(takeAll(left))).containsExactly("0", "1");
            }
            assertThat(LargePages.shape(copy.resolve("lightnvr-mqtt.db"))).isEqualTo(SMALL);
        }
    }

    @Test
    void takesBackWhatAKillInterruptedInTheMiddle() throws Exception {
        addLarge(20);
        store.close();
        Path left;
        try (Connection db = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement writing = db.createStatement()) {
            writing.execute("PRAGMA journal_mode = DELETE");
            writing.execute("PRAGMA cache_size = 10");
            writing.execute("BEGIN");
            writing.execute("UPDATE outbox SET event_id = 'half', documented = randomblob(100000)");
            left = copy(0);
        }
        assertThat(left.resolve("lightnvr-mqtt.db-journal")).isNotEmptyFile();
        assertThat(StoreInspection.at(left).trouble()).isEmpty();

        store = SqliteStore.open(left, LIMITS, clock);

        assertThat(ids(takeAll(store))).hasSize(20).doesNotContain("half");
    }

    @Test
    void givesTheRoomOfABacklogBackOnceMostOfItHasGone() throws Exception {
        addLarge(60);
        store.remove(takeAll(store));
        store.flush();
        long full = Files.size(file);

        clock.pass(Duration.ofMinutes(1));
        add(store, DOOR, "later");

        assertThat(full).isGreaterThan(4_000_000);
        assertThat(Files.size(file)).isLessThan(100_000);
        assertThat(ids(takeAll(store))).containsExactly("later");
    }

    @Test
    void leavesTheFileAloneWhileMostOfItIsUsed() throws Exception {
        addLarge(60);
        store.remove(takeAll(store).subList(0, 20));
        store.flush();
        long before = Files.size(file);

        clock.pass(Duration.ofMinutes(1));
        add(store, DOOR, "later");

        assertThat(Files.size(file)).isEqualTo(before);
    }

    private void open() throws StoreException {
        store = SqliteStore.open(folder, LIMITS, clock);
    }

    private void addLarge(int count) {
        List<RenderedEvent> events = IntStream.range(0, count)
                .mapToObj(number -> event(DOOR, Integer.toString(number), NOON, LARGE_EVENT))
                .toList();
        store.add(DOOR, events, Optional.empty());
    }

    /** What another process would find if this one were killed now. */
    private Path copy(int number) {
        try {
            Path copy = Files.createDirectory(folder.resolve("copy-" + number));
            for (String part : List.of("", "-journal", "-wal")) {
                Path from = folder.resolve("lightnvr-mqtt.db" + part);
                if (Files.exists(from)) {
                    Files.copy(from, copy.resolve(from.getFileName()));
                }
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
