package io.lightnvr.mqtt.store;

import io.lightnvr.mqtt.publish.Rendered;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/**
 * One open database file. Write-ahead log, every commit on the disk ({@code synchronous=FULL}), readable by
 * {@code sqlite3} meanwhile. Used by one thread at a time.
 */
final class SqliteFile implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SqliteFile.class);
    private static final int BUSY_MILLIS = 400;
    private static final int CACHE_KIB = 1_000;

    /** How long the log grows before it is written into the tables: until then a page that changes often is written once. */
    private static final int LOG_BYTES = 1_600 * 1_024;

    private static final List<String> BEFORE_ANY_TABLE =
            List.of("PRAGMA page_size = " + Vacuum.PAGE_BYTES, "PRAGMA auto_vacuum = NONE");

    /** The log keeps its length, so that it need not grow again. */
    private static final List<String> SETTINGS = List.of(
            "PRAGMA journal_mode = WAL",
            "PRAGMA synchronous = FULL",
            "PRAGMA wal_autocheckpoint = " + LOG_BYTES / Vacuum.PAGE_BYTES,
            "PRAGMA journal_size_limit = 2097152");

    private final Connection db;
    private FileWriter writer;
    private final FileReader reader;

    private SqliteFile(Connection db) throws SQLException {
        this.db = db;
        this.writer = new FileWriter(db);
        this.reader = new FileReader(db);
    }

    /**
     * Opens a file for reading and writing, creates it if there is none, and upgrades it to the newest format.
     *
     * @throws SQLException if it is damaged, or if the disk cannot be written
     * @throws StoreException if its format is newer
     */
    static SqliteFile open(Path file, Schema schema, Connector connector) throws SQLException, StoreException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.setCacheSize(-CACHE_KIB);
        // Otherwise the driver asks for it after each inserted row.
        config.setGetGeneratedKeys(false);
        Connection db = connector.connect(config, "jdbc:sqlite:" + file);
        try {
            set(db, BEFORE_ANY_TABLE);
            check(db);
            schema.requireKnown(db, file);
            Vacuum.convert(db, file);
            set(db, SETTINGS);
            schema.apply(db, file);
            return whole(db);
        } catch (SQLException | StoreException e) {
            close(db);
            throw e;
        }
    }

    private static void set(Connection db, List<String> settings) throws SQLException {
        try (Statement statement = db.createStatement()) {
            for (String setting : settings) {
                statement.execute(setting);
            }
        }
    }

    /** @throws SQLException if the file is damaged */
    static void check(Connection db) throws SQLException {
        try (Statement statement = db.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA quick_check(1)")) {
            String verdict = result.next() ? result.getString(1) : "no answer";
            if (!verdict.equals("ok")) {
                throw new SQLException(verdict, null, SQLiteErrorCode.SQLITE_CORRUPT.code);
            }
        }
    }

    private static SqliteFile whole(Connection db) throws SQLException {
        try {
            checkReferences(db);
            return new SqliteFile(db);
        } catch (SQLException e) {
            throw DiskTrouble.asDamage(e);
        }
    }

    private static void checkReferences(Connection db) throws SQLException {
        try (Statement statement = db.createStatement();
                ResultSet strays = statement.executeQuery(
                        "SELECT count(*) FROM outbox WHERE stream NOT IN (SELECT id FROM stream)")) {
            if (strays.getInt(1) > 0) {
                throw new SQLException(
                        strays.getInt(1) + " events of no stream", null, SQLiteErrorCode.SQLITE_CORRUPT.code);
            }
        }
    }

    /** The id of the store. */
    String storeId() throws SQLException {
        return reader.storeId();
    }

    /** Gives the store another id: the one under which its events are already sent. */
    void storeId(String id) throws SQLException {
        writer.storeId(id);
    }

    /** Fills a ledger with everything but the payloads. */
    void load(Ledger ledger, Instant now) throws SQLException {
        try {
            new StoredTimes(db).correct(now, ledger.freshSince(now), Boot.id());
        } catch (SQLException e) {
            LOG.warn("The times in the store cannot be corrected now: {}", e.getMessage());
        }
        reader.load(ledger, now);
    }

    /** The payloads of events; events that are not in the file are left out. */
    Map<Long, Rendered> events(Collection<Long> ids) throws SQLException {
        return reader.events(ids);
    }

    /** Writes changes in one transaction. */
    void write(Changes changes) throws SQLException {
        try {
            Transaction.run(db, () -> writer.write(changes));
        } catch (SQLException e) {
            // The driver closes a statement that fails.
            renewWriter(e);
            throw e;
        }
    }

    private void renewWriter(SQLException failure) {
        try {
            FileWriter renewed = new FileWriter(db);
            writer.close();
            writer = renewed;
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    /** Gives the room of removed events back to the disk. */
    void shrink() throws SQLException {
        Vacuum.shrink(db);
    }

    @Override
    public void close() {
        close(db);
    }

    private static void close(Connection db) {
        try {
            db.close();
        } catch (SQLException e) {
            LOG.debug("The store does not close: {}", e.getMessage());
        }
    }
}
