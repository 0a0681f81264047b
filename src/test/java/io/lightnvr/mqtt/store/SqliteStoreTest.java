package io.lightnvr.mqtt.store;

import static io.lightnvr.mqtt.store.Events.DOOR;
import static io.lightnvr.mqtt.store.Events.NOON;
import static io.lightnvr.mqtt.store.Events.YARD;
import static io.lightnvr.mqtt.store.Events.checkpoint;
import static io.lightnvr.mqtt.store.Events.event;
import static io.lightnvr.mqtt.store.Events.ids;
import static io.lightnvr.mqtt.store.Events.sequences;
import static io.lightnvr.mqtt.store.Events.takeAll;
import static io.lightnvr.mqtt.store.Events.visit;
import static io.lightnvr.mqtt.store.StoreContract.add;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightnvr.mqtt.source.Beginning;
import io.lightnvr.mqtt.source.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a store in a file has beyond every other: it outlives the process. */
class SqliteStoreTest {

    private static final StoreLimits LIMITS = new StoreLimits(200_000, Duration.ofHours(24), Duration.ofSeconds(30));

    @TempDir
    private Path folder;

    private final TestClock clock = new TestClock();
    private Store store;

    @AfterEach
    void close() {
        if (store != null) {
            store.close();
        }
    }

    @Test
    void findsEverythingAgain() throws StoreException {
        open();
        String id = store.storeId();
        store.add(DOOR, List.of(event(DOOR, "a", NOON)), checkpoint("here", 1, 1, 2));
        store.keepState(DOOR, "{}");
        store.keepAnnounced("b", new AnnouncedTopic("{}", ""));
        store.keepAnnounced("gone", new AnnouncedTopic("{}", ""));
        store.keepAnnounced("a", new AnnouncedTopic("{}", ""));
        store.flush();
        store.removeAnnounced("gone");

        reopen();

        assertThat(store.storeId()).isEqualTo(id);
        assertThat(store.checkpoint(DOOR)).isEqualTo(checkpoint("here", 1, 1, 2));
        assertThat(store.states()).isEqualTo(Map.of(DOOR, "{}"));
        assertThat(store.announcedTopics()).containsOnlyKeys("b", "a");
        assertThat(store.backlog()).isEqualTo(new Backlog(1, Optional.of(NOON), 0, Optional.empty(), Optional.empty()));
        assertThat(takeAll(store))
                .singleElement()
                .satisfies(taken ->
                        assertThat(taken.event()).usingRecursiveComparison().isEqualTo(event(DOOR, "a", NOON)));
    }

    @Test
    void sendsReportsOfVisitsAgainInTheirPlaces() throws StoreException {
        open();
        store.add(
                DOOR,
                List.of(
                        event(DOOR, "a", NOON),
                        visit(DOOR, "start", NOON),
                        event(DOOR, "b", NOON),
                        visit(DOOR, "end", NOON)),
                Optional.empty(),
                Optional.of(new byte[] {7}));
        takeAll(store);
        store.add(DOOR, List.of(visit(DOOR, "next", NOON)), Optional.empty(), Optional.empty());

        reopen();

        assertThat(ids(takeAll(store))).containsExactly("a", "start", "b", "end", "next");
        assertThat(store.visits().get(DOOR)).containsExactly(7);
    }

    @Test
    void sendsAgainFirstWhatHadItsSequenceAndInItsOrder() throws StoreException {
        open();
        add(store, DOOR, NOON.minusSeconds(100), "delayed");
        add(store, DOOR, "fresh");
        takeAll(store);
        add(store, YARD, "later");

        reopen();
        add(store, DOOR, "new");
        List<SequencedEvent> taken = takeAll(store);

        assertThat(ids(taken)).containsExactly("fresh", "delayed", "later", "new");
        assertThat(sequences(taken)).containsExactly(1L, 2L, 1L, 3L);
    }

    @Test
    void writesTheSequenceOfAnEventForWhichTheSenderWaitsWithTheEvent() throws StoreException {
        open();
        assertThat(takeAll(store)).isEmpty();
        add(store, DOOR, "a");
        Store copy = copy("copy");
        clock.pass(Duration.ofHours(1));

        List<SequencedEvent> sentAlready = copy.take(new TakeRequest(10, 0, Set.of()));

        assertThat(ids(sentAlready)).containsExactly("a");
        assertThat(sequences(sentAlready)).containsExactly(1L);
        copy.close();
    }

    @Test
    void neverGivesASequenceTwice() throws StoreException {
        open();
        add(store, DOOR, "a", "b");
        store.remove(takeAll(store));
        store.flush();

        reopen();
        add(store, DOOR, "c");

        assertThat(sequences(takeAll(store))).containsExactly(3L);
    }

    @Test
    void forgetsWhatWasRemovedOnceItIsSettled() throws StoreException {
        open();
        add(store, DOOR, "a", "b");
        store.remove(store.take(new TakeRequest(1, 0, Set.of())));
        store.flush();

        reopen();

        assertThat(ids(takeAll(store))).containsExactly("b");
    }

    @Test
    void writesWhereItWasReadOnlyNowAndThen() throws StoreException {
        open();
        store.add(DOOR, List.of(), checkpoint("first", 1));
        store.add(DOOR, List.of(), checkpoint("quiet", 1));
        Store first = copy("first");
        store.add(DOOR, List.of(), checkpoint("saw something", 1, 2));
        store.add(DOOR, List.of(), checkpoint("quiet again", 1, 2));
        Store second = copy("second");
        clock.pass(Duration.ofMinutes(5));
        store.add(DOOR, List.of(), checkpoint("five minutes later", 1, 2));
        Store third = copy("third");

        List<String> positions = Stream.of(first, second, third)
                .map(copy -> copy.checkpoint(DOOR).orElseThrow().position())
                .toList();

        assertThat(positions).containsExactly("first", "saw something", "five minutes later");
        List.of(first, second, third).forEach(Store::close);
    }

    @Test
    void leavesOutHowFarOtherStreamsWereReadButForEveryFiveMinutesAndAtTheEnd() throws StoreException {
        open();
        store.add(YARD, List.of(), checkpoint("first", 1));
        store.add(YARD, List.of(), checkpoint("quiet", 1));
        add(store, DOOR, "a");
        store.flush();
        Store first = copy("first");
        clock.pass(Duration.ofMinutes(5));
        add(store, DOOR, "b");
        Store second = copy("second");
        store.add(YARD, List.of(), checkpoint("the last", 1));
        store.close();
        Store third = copy("third");

        List<String> positions = Stream.of(first, second, third)
                .map(copy -> copy.checkpoint(YARD).orElseThrow().position())
                .toList();

        assertThat(positions).containsExactly("first", "quiet", "the last");
        assertThat(ids(takeAll(third))).containsExactly("a", "b");
        List.of(first, second, third).forEach(Store::close);
    }

    @Test
    void letsOnlyTheOwnerReadItsFiles() throws Exception {
        open();
        add(store, DOOR, "a");

        assertThat(files()).hasSizeGreaterThan(3).allSatisfy(SqliteStoreTest::isForTheOwnerAlone);
    }

    @Test
    void takesOthersTheRightToReadWhatAnOlderVersionMade() throws Exception {
        open();
        add(store, DOOR, "a");
        store.close();
        for (Path file : List.of(file(), folder.resolve("lightnvr-mqtt.lock"))) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        }

        open();

        assertThat(files()).hasSizeGreaterThan(3).allSatisfy(SqliteStoreTest::isForTheOwnerAlone);
        assertThat(ids(takeAll(store))).containsExactly("a");
    }

    @Test
    void setsADamagedFileAsideAndBeginsAnewFromTheLookBack() throws Exception {
        open();
        add(store, DOOR, "a");
        store.close();
        byte[] bytes = Files.readAllBytes(file());
        Arrays.fill(bytes, 100, Math.min(bytes.length, 9_000), (byte) 0x5a);
        Files.write(file(), bytes);

        open();

        assertThat(store.beginning()).isEqualTo(Beginning.AT_LOOK_BACK);
        assertThat(store.backlog().waiting()).isZero();
        assertThat(names()).contains("lightnvr-mqtt.db.damaged-2026-11-22T12-00-00Z");
        add(store, DOOR, "b");
        reopen();
        assertThat(store.beginning()).isEqualTo(Beginning.AT_NOW);
        assertThat(ids(takeAll(store))).containsExactly("b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE FROM stream", "DROP TABLE seen"})
    void setsAsideWhatDoesNotHangTogether(String damage) throws Exception {
        open();
        add(store, DOOR, "a");
        store.close();
        sql(damage);

        open();

        assertThat(store.beginning()).isEqualTo(Beginning.AT_LOOK_BACK);
        assertThat(names()).contains("lightnvr-mqtt.db.damaged-2026-11-22T12-00-00Z");
    }

    @Test
    void setsAsideWhatIsNoDatabase() throws Exception {
        Files.writeString(file(), "this is no database, whatever else it may be: it only has the name of one");

        open();

        assertThat(store.beginning()).isEqualTo(Beginning.AT_LOOK_BACK);
        assertThat(Files.readString(folder.resolve("lightnvr-mqtt.db.damaged-2026-11-22T12-00-00Z")))
                .startsWith("this is no database");
    }

    @Test
    void refusesAFileOfANewerVersionAndLeavesItAlone() throws Exception {
        open();
        store.close();
        sql("PRAGMA user_version = 6");

        assertThatThrownBy(this::open)
                .isInstanceOf(StoreException.class)
                .hasMessage(file() + " was written by a newer version of the bridge (format 6; this one knows up to 5)."
                        + " Install that version again, or move the file away: the bridge then starts a new store");
        assertThat(names()).containsExactlyInAnyOrder("lightnvr-mqtt.db", "lightnvr-mqtt.lock");
    }

    @Test
    void bringsAnOlderFileToTheNewFormatAndKeepsWhatItHolds() throws Exception {
        open();
        add(store, DOOR, "a");
        store.close();
        Schema next = andThen("ALTER TABLE stream ADD COLUMN colour TEXT NOT NULL DEFAULT 'grey';\n");

        store = new SqliteStore(StoreFolder.open(folder, next, Connector.SQLITE, clock), LIMITS, clock);

        assertThat(ids(takeAll(store))).containsExactly("a");
        store.close();
        assertThatThrownBy(this::open).hasMessageContaining("format 6");
    }

    @Test
    void knowsOfTheAnnouncementsOfTheFirstFormatThatTheyWereMade() throws Exception {
        // Otherwise the driver loads a library of its own, and there must not be two.
        SqliteLibrary.borrow(folder);
        Schema first = new Schema(Schema.current().scripts().subList(0, 1));
        try (Connection db = DriverManager.getConnection("jdbc:sqlite:" + file())) {
            first.apply(db, file());
        }
        sql("INSERT INTO announced (topic) VALUES ('a')");

        open();

        assertThat(store.announcedTopics()).containsExactly(Map.entry("a", new AnnouncedTopic("{}", "")));
        store.keepAnnounced("a", new AnnouncedTopic("{}", "b"));
        store.close();
        open();
        assertThat(store.announcedTopics()).containsExactly(Map.entry("a", new AnnouncedTopic("{}", "b")));
    }

    private static Schema andThen(String script) {
        List<String> scripts = new ArrayList<>(Schema.current().scripts());
        scripts.add(script);
        return new Schema(scripts);
    }

    @Test
    void leavesAnOlderFileAsItWasWhereTheNewFormatCannotBeMade() throws Exception {
        open();
        add(store, DOOR, "a");
        store.close();
        Schema broken = andThen("ALTER TABLE stream ADD COLUMN a TEXT;\nNO SQL;\n");

        assertThatThrownBy(() -> StoreFolder.open(folder, broken, Connector.SQLITE, clock))
                .isInstanceOf(StoreException.class);

        open();
        assertThat(ids(takeAll(store))).containsExactly("a");
    }

    @Test
    void refusesAFolderThatAnotherBridgeUses() throws StoreException {
        open();

        assertThatThrownBy(() -> SqliteStore.open(folder, LIMITS, clock))
                .isInstanceOf(StoreException.class)
                .hasMessage("Another bridge is running with the folder " + folder.toAbsolutePath()
                        + ": stop it, or give this one another folder with --data");
    }

    @Test
    void takesNothingMoreOnceItIsClosed() throws Exception {
        open();
        store.close();

        add(store, DOOR, "late");
        store.flush();
        store.close();

        open();
        assertThat(store.backlog().waiting()).isZero();
    }

    @Test
    void leavesTheFolderToOthersIfItCannotBeRead() throws Exception {
        open();
        store.close();
        sql("DELETE FROM meta");
        assertThatThrownBy(this::open).hasMessageContaining("cannot be read");
        sql("INSERT INTO meta VALUES ('store_id', 'a')");

        open();

        assertThat(store.storeId()).isEqualTo("a");
    }

    @Test
    void canBeReadByOthersWhileItIsOpen() throws Exception {
        open();
        add(store, DOOR, "a");

        assertThat(sql("SELECT count(*) FROM outbox")).isEqualTo("1");
    }

    @Test
    void keepsOfTheSeenRowsWhatIsStillRemembered() throws Exception {
        open();
        store.add(DOOR, List.of(), checkpoint("a", 1, 2, 70, 130, 130, 200));
        store.flush();
        store.add(DOOR, List.of(), checkpoint("b", 70, 130, 200, 201, 300));
        reopen();
        Optional<Checkpoint> middle = store.checkpoint(DOOR);
        store.add(DOOR, List.of(), checkpoint("c", 200, 300));
        reopen();

        assertThat(middle).isEqualTo(checkpoint("b", 70, 130, 200, 201, 300));
        assertThat(store.checkpoint(DOOR)).isEqualTo(checkpoint("c", 200, 300));
        assertThat(sql("SELECT group_concat(begins || ' ' || length(rows)) FROM seen"))
                .isEqualTo("192 16,256 16");
    }

    private void open() throws StoreException {
        store = SqliteStore.open(folder, LIMITS, clock);
    }

    private void reopen() throws StoreException {
        store.close();
        open();
    }

    /** What another process would find if this one were killed now. */
    private Store copy(String name) throws StoreException {
        try {
            Path copy = Files.createDirectory(folder.resolve(name));
            for (String part : List.of("", "-wal")) {
                Path from = folder.resolve("lightnvr-mqtt.db" + part);
                if (Files.exists(from)) {
                    Files.copy(from, copy.resolve(from.getFileName()));
                }
            }
            return SqliteStore.open(copy, LIMITS, clock);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String sql(String sql) throws SQLException {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = other.createStatement()) {
            return statement.execute(sql) ? statement.getResultSet().getString(1) : "";
        }
    }

    private Path file() {
        return folder.resolve("lightnvr-mqtt.db").toAbsolutePath();
    }

    /** All but SQLite's library, which is there only where this process has loaded it from here. */
    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.toString().endsWith(".so")).toList();
        }
    }

    private static void isForTheOwnerAlone(Path file) {
        try {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .as(file.toString())
                    .isEqualTo("rw-------");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Without SQLite's library, which the first store of the process keeps in its folder. */
    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString())
                    .filter(name -> !name.contains("sqlitejdbc"))
                    .toList();
        }
    }

    /** A Raspberry Pi starts in the past, and leaps when the network is there. */
    @Test
    void doesNotLoseWhatWasAddedBeforeTheClockWasSet() throws StoreException {
        clock.set(NOON.minus(Duration.ofDays(400)));
        open();
        add(store, DOOR, "a");
        clock.pass(Duration.ofMinutes(10));
        store.clockOffset(Duration.ofDays(400));

        store.close();
        clock.set(NOON.plus(Duration.ofMinutes(20)));
        open();

        assertThat(ids(takeAll(store))).containsExactly("a");
        assertThat(store.backlog().dropped()).isZero();
    }

    @Test
    void doesNotLoseWhatWasAddedUnderAClockThatNobodyEverSet() throws StoreException {
        clock.set(Instant.EPOCH.plusSeconds(60));
        open();
        add(store, DOOR, "a");

        store.close();
        clock.set(NOON);
        open();

        assertThat(takeAll(store))
                .singleElement()
                .satisfies(taken -> assertThat(taken.added()).isEqualTo(NOON));
    }

    /** The power failed for an hour, and the clock has not heard of it. */
    @Test
    void takesNothingForFreshThatWaitedThroughABoot() throws Exception {
        open();
        add(store, DOOR, "a");
        store.close();
        sql("UPDATE meta SET value = 'another boot' WHERE key = 'boot_id'");
        open();

        assertThat(store.fresh()).isEmpty();
        assertThat(takeAll(store))
                .singleElement()
                .satisfies(taken -> assertThat(taken.event().sendableSince())
                        .isEqualTo(NOON.minus(LIMITS.freshFor()).minusMillis(1)));
    }

    @Test
    void takesNothingForFreshThatLiesAhead() throws StoreException {
        open();
        add(store, DOOR, "a");
        store.close();
        clock.set(NOON.minusSeconds(80));
        open();

        assertThat(store.fresh()).isEmpty();
    }

    @Test
    void takesForFreshWhatWaitedThroughARestartOfTheBridge() throws StoreException {
        open();
        add(store, DOOR, "a");
        store.close();
        clock.pass(Duration.ofSeconds(5));
        open();

        assertThat(store.fresh()).hasSize(1);
    }

    @Test
    void letsWhatComesFromTheFutureGrowOldFromNowOn() throws StoreException {
        clock.set(NOON.plus(Duration.ofDays(3_000)));
        open();
        add(store, DOOR, "a");

        store.close();
        clock.set(NOON);
        open();
        clock.pass(Duration.ofHours(25));

        assertThat(takeAll(store)).isEmpty();
    }

    @Test
    void keepsTheAgeOfEventsOverARestartUnderTheSameClock() throws StoreException {
        open();
        add(store, DOOR, "a");
        clock.pass(Duration.ofHours(1));

        reopen();

        assertThat(takeAll(store))
                .singleElement()
                .satisfies(taken -> assertThat(taken.added()).isEqualTo(NOON));
    }

    @Test
    void forgetsInTheFileHowFarAStreamWasReadThatIsGone() throws Exception {
        open();
        store.add(DOOR, List.of(event(DOOR, "a", NOON)), checkpoint("here", 1, 1, 2));
        store.remove(takeAll(store));

        store.forget(DOOR);
        reopen();

        assertThat(store.checkpoint(DOOR)).isEmpty();
        add(store, DOOR, "b");
        assertThat(sequences(takeAll(store))).containsExactly(2L);
        assertThat(sql("SELECT count(*) FROM seen")).isEqualTo("0");
    }
}
