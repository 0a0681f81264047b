package io.lightnvr.mqtt.store;

import static io.lightnvr.mqtt.store.Events.DOOR;
import static io.lightnvr.mqtt.store.Events.NOON;
import static io.lightnvr.mqtt.store.Events.YARD;
import static io.lightnvr.mqtt.store.Events.checkpoint;
import static io.lightnvr.mqtt.store.Events.event;
import static io.lightnvr.mqtt.store.Events.ids;
import static io.lightnvr.mqtt.store.Events.sequences;
import static io.lightnvr.mqtt.store.Events.takeAll;
import static io.lightnvr.mqtt.store.StoreContract.add;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;

/** What a store does while the disk takes nothing. */
class DiskTroubleTest {

    private static final StoreLimits LIMITS = new StoreLimits(200_000, Duration.ofHours(24), Duration.ofSeconds(30));

    @TempDir
    private Path folder;

    private final TestClock clock = new TestClock();
    private Optional<SQLiteErrorCode> refusal = Optional.empty();
    private String refused = "execute";
    private final List<Connection> connections = new ArrayList<>();
    private Connection connection;
    private Store store;

    @AfterEach
    void close() {
        refusal = Optional.empty();
        store.close();
    }

    @Test
    void goesOnInMemoryWhileTheDiskIsFullAndWritesEverythingWhenThereIsRoom() throws StoreException {
        open();
        add(store, DOOR, "stored");
        refuse(SQLiteErrorCode.SQLITE_FULL);
        add(store, DOOR, "a", "b");
        List<SequencedEvent> taken = store.take(new TakeRequest(2, 0, Set.of()));
        store.remove(taken);

        assertThat(ids(taken)).containsExactly("stored", "a");
        assertThat(store.backlog().waiting()).isOne();
        assertThat(store.backlog().trouble())
                .contains(
                        "The disk of " + file() + " is full: make room. Until then everything is kept in memory only.");
        refusal = Optional.empty();
        clock.pass(Duration.ofSeconds(5));
        store.flush();
        assertThat(store.backlog().trouble()).isEmpty();
        reopen();
        assertThat(ids(takeAll(store))).containsExactly("b");
        assertThat(sequences(takeAll(store))).isEmpty();
    }

    /** SQLite itself says that it is full, and ends the transaction by itself. */
    @Test
    void writesAllOfATransactionAgainThatTheFullDiskHasEnded() throws StoreException {
        open();
        add(store, DOOR, "stored");
        letGrowTo(20);
        store.add(DOOR, List.of(event(DOOR, "large", NOON, 200_000)), checkpoint("large", 1));

        assertThat(store.backlog().trouble().orElseThrow()).contains("is full");
        letGrowTo(1_000);
        clock.pass(Duration.ofSeconds(5));
        add(store, DOOR, "more");
        assertThat(store.backlog().trouble()).isEmpty();
        reopen();
        assertThat(ids(takeAll(store))).containsExactly("stored", "large", "more");
        assertThat(store.checkpoint(DOOR)).isEqualTo(checkpoint("large", 1));
    }

    @Test
    void triesTheDiskAgainOnlyNowAndThen() throws StoreException {
        open();
        refuse(SQLiteErrorCode.SQLITE_FULL);
        add(store, DOOR, "a");
        refusal = Optional.empty();

        add(store, DOOR, "b");

        assertThat(store.backlog().trouble()).isPresent();
        clock.pass(Duration.ofSeconds(5));
        add(store, DOOR, "c");
        assertThat(store.backlog().trouble()).isEmpty();
    }

    @Test
    void keepsAsMuchInMemoryAsThereIsRoomForAndGivesUpTheOldest() throws StoreException {
        open();
        refuse(SQLiteErrorCode.SQLITE_FULL);
        for (int i = 0; i < 9; i++) {
            store.add(DOOR, List.of(event(DOOR, "event " + i, NOON, 1 << 20)), Optional.empty());
        }

        List<SequencedEvent> left = takeAll(store);

        assertThat(ids(left)).hasSize(7).startsWith("event 2").endsWith("event 8");
        assertThat(sequences(left)).startsWith(3L);
        assertThat(store.backlog().dropped()).isEqualTo(2);
    }

    @Test
    void goesOnWithAnotherConnectionAfterAFolderCouldNotBeWritten() throws StoreException {
        open();
        add(store, DOOR, "stored");
        refuse(SQLiteErrorCode.SQLITE_READONLY);
        add(store, DOOR, "a");

        assertThat(store.backlog().trouble().orElseThrow())
                .startsWith(file() + " cannot be written (")
                .endsWith("): check the disk and its permissions. Until then everything is kept in memory only.");
        refusal = Optional.empty();
        clock.pass(Duration.ofSeconds(5));
        add(store, DOOR, "b");
        reopen();
        assertThat(ids(takeAll(store))).containsExactly("stored", "a", "b");
    }

    @Test
    void leavesNoConnectionOpenThatItDoesNotUse() throws Exception {
        open();
        refuse("executeUpdate", SQLiteErrorCode.SQLITE_READONLY);
        add(store, DOOR, "a");
        for (int attempt = 0; attempt < 3; attempt++) {
            clock.pass(Duration.ofSeconds(5));
            store.flush();
        }

        assertThat(connections).hasSize(4);
        for (Connection old : connections.subList(1, 4)) {
            assertThat(old.isClosed()).isTrue();
        }
    }

    @Test
    void startsWithWhatIsThereWhenNothingCanBeWritten() throws StoreException {
        open();
        add(store, DOOR, "stored");
        String id = store.storeId();
        store.close();
        refuse(SQLiteErrorCode.SQLITE_READONLY);

        open();
        add(store, DOOR, "a");
        List<SequencedEvent> taken = takeAll(store);

        assertThat(store.storeId()).isEqualTo(id);
        assertThat(store.backlog().trouble()).isPresent();
        assertThat(ids(taken)).containsExactly("stored", "a");
        store.remove(taken);
        add(store, DOOR, "b");
        refusal = Optional.empty();
        clock.pass(Duration.ofSeconds(5));
        store.flush();
        reopen();
        assertThat(ids(takeAll(store))).containsExactly("b");
    }

    @Test
    void startsInAFolderThatCannotBeWrittenAndMakesTheFileLater() throws StoreException {
        refuse(SQLiteErrorCode.SQLITE_CANTOPEN);
        open();
        add(store, DOOR, "a");
        String id = store.storeId();

        assertThat(store.backlog().trouble()).isPresent();
        refusal = Optional.empty();
        clock.pass(Duration.ofSeconds(5));
        store.flush();
        reopen();
        assertThat(store.storeId()).isEqualTo(id);
        assertThat(ids(takeAll(store))).containsExactly("a");
    }

    @Test
    void doesNotShareAFolderThatBecomesWritableLater() throws Exception {
        Files.createDirectory(folder.resolve("lightnvr-mqtt.lock"));
        refuse(SQLiteErrorCode.SQLITE_CANTOPEN);
        open();
        add(store, DOOR, "a");
        Files.delete(folder.resolve("lightnvr-mqtt.lock"));
        refusal = Optional.empty();
        Store other = SqliteStore.open(folder, LIMITS, clock);
        clock.pass(Duration.ofSeconds(5));

        add(store, DOOR, "b");

        assertThat(store.backlog().trouble().orElseThrow()).contains("Another bridge is running with the folder");
        other.close();
        clock.pass(Duration.ofSeconds(5));
        add(store, DOOR, "c");
        assertThat(store.backlog().trouble()).isEmpty();
    }

    @Test
    void doesNotTakeAnEventForLostThatCannotBeReadJustNow() throws StoreException {
        open();
        add(store, DOOR, "stored");
        reopen();
        refuse(SQLiteErrorCode.SQLITE_IOERR);
        List<SequencedEvent> none = takeAll(store);
        refusal = Optional.empty();
        clock.pass(Duration.ofSeconds(5));
        add(store, DOOR, "a");

        List<SequencedEvent> taken = takeAll(store);

        assertThat(none).isEmpty();
        assertThat(ids(taken)).containsExactly("stored", "a");
        assertThat(sequences(taken)).containsExactly(1L, 2L);
    }

    @Test
    void seesByItselfThatWhatCouldNotBeReadCanBeReadAgain() throws StoreException {
        open();
        add(store, DOOR, "sending");
        takeAll(store);
        reopen();
        refuse(SQLiteErrorCode.SQLITE_IOERR);
        List<SequencedEvent> none = takeAll(store);
        assertThat(store.untilRetry()).contains(Duration.ofSeconds(5));
        refusal = Optional.empty();
        clock.pass(Duration.ofSeconds(5));

        store.flush();

        assertThat(none).isEmpty();
        assertThat(store.backlog().trouble()).isEmpty();
        assertThat(ids(takeAll(store))).containsExactly("sending");
    }

    @Test
    void staysInTroubleWhileItCanBeWrittenButNotRead() throws StoreException {
        open();
        add(store, DOOR, "stored");
        reopen();
        refuse("executeQuery", SQLiteErrorCode.SQLITE_IOERR);
        takeAll(store);
        clock.pass(Duration.ofSeconds(5));

        add(store, DOOR, "a");

        assertThat(store.backlog().trouble()).isPresent();
        refusal = Optional.empty();
        clock.pass(Duration.ofSeconds(5));
        store.flush();
        assertThat(store.backlog().trouble()).isEmpty();
        assertThat(ids(takeAll(store))).containsExactly("stored", "a");
    }

    @Test
    void keepsTheOrderOfAStreamWhileItsFirstEventCannotBeRead() throws StoreException {
        open();
        add(store, DOOR, "stored");
        reopen();
        add(store, DOOR, "a");
        add(store, YARD, "other");
        refuse("executeQuery", SQLiteErrorCode.SQLITE_IOERR);

        assertThat(ids(takeAll(store))).containsExactly("other");
        add(store, DOOR, "b");
        assertThat(takeAll(store)).isEmpty();
        refusal = Optional.empty();
        clock.pass(Duration.ofSeconds(5));
        store.flush();
        List<SequencedEvent> taken = takeAll(store);
        assertThat(ids(taken)).containsExactly("stored", "a", "b");
        assertThat(sequences(taken)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void handsNothingOutTwiceThatCouldNotBeReadForTheStates() throws StoreException {
        open();
        add(store, DOOR, "sending");
        takeAll(store);
        reopen();
        refuse("executeQuery", SQLiteErrorCode.SQLITE_IOERR);

        assertThat(store.fresh()).isEmpty();

        refusal = Optional.empty();
        clock.pass(Duration.ofSeconds(5));
        store.flush();
        assertThat(ids(takeAll(store))).containsExactly("sending");
    }

    @Test
    void saysWhenTheDiskIsToBeTriedAgain() throws StoreException {
        open();
        assertThat(store.untilRetry()).isEmpty();

        refuse(SQLiteErrorCode.SQLITE_FULL);
        add(store, DOOR, "a");

        assertThat(store.untilRetry()).contains(Duration.ofSeconds(1));
        clock.pass(Duration.ofMillis(1_500));
        assertThat(store.untilRetry()).contains(Duration.ZERO);
        store.flush();
        assertThat(store.untilRetry()).contains(Duration.ofSeconds(1));
        refusal = Optional.empty();
        clock.pass(Duration.ofSeconds(1));
        store.flush();
        assertThat(store.untilRetry()).isEmpty();
    }

    @Test
    void isNotInTroubleWhileOnlyTheRoomOfWhatHasGoneCannotBeGivenBack() throws StoreException {
        open();
        add(store, DOOR, "a");
        refuse("executeQuery", SQLiteErrorCode.SQLITE_FULL);
        clock.pass(Duration.ofMinutes(1));

        add(store, DOOR, "b");

        assertThat(store.backlog().trouble()).isEmpty();
        assertThat(ids(takeAll(store))).containsExactly("a", "b");
    }

    @Test
    void saysWhichFileIsDamagedWhileItIsOpen() throws StoreException {
        open();
        refuse(SQLiteErrorCode.SQLITE_CORRUPT);

        add(store, DOOR, "a");

        assertThat(store.backlog().trouble())
                .contains(file()
                        + " is damaged: restart the bridge, which then sets the file aside and starts a new store."
                        + " Until then everything is kept in memory only.");
    }

    @Test
    void refusesToStartWhereWhatIsThereCanNeitherBeOpenedNorCopied() throws Exception {
        Files.createDirectory(file());

        assertThatThrownBy(this::open)
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith(file() + " cannot be opened (")
                .hasMessageContaining(") or read from a copy in " + System.getProperty("java.io.tmpdir") + " (")
                .hasMessageEndingWith("): make room on both disks, or check the permissions");
        Files.delete(file());
        open();
    }

    private void refuse(SQLiteErrorCode code) {
        refuse("execute", code);
    }

    private void refuse(String method, SQLiteErrorCode code) {
        refused = method;
        refusal = Optional.of(code);
    }

    private void open() throws StoreException {
        Connector connector = (config, url) -> {
            connection = config.createConnection(url);
            connections.add(connection);
            return WatchedConnection.of(connection, method -> {
                if (refusal.isPresent() && method.startsWith(refused) && url.contains(folder.toString())) {
                    throw new SQLException(refusal.get().message, null, refusal.get().code);
                }
            });
        };
        store = new SqliteStore(StoreFolder.open(folder, Schema.current(), connector, clock), LIMITS, clock);
    }

    private void letGrowTo(int pages) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA max_page_count = " + pages);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void reopen() throws StoreException {
        store.close();
        open();
    }

    private Path file() {
        return folder.resolve("lightnvr-mqtt.db").toAbsolutePath();
    }
}
