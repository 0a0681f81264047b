package io.lightnvr.mqtt.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a file anew as a whole where that pays: with pages of {@link #PAGE_BYTES}, and without the room of what was removed.
 * SQLite does it in one transaction, so a kill or a full disk leaves the file as it was. What is left must be small: it is held in memory
 * meanwhile, and everybody waits.
 */
final class Vacuum {

    /** A commit writes whole pages, and changes little in each of them. */
    static final int PAGE_BYTES = 512;

    private static final Logger LOG = LoggerFactory.getLogger(Vacuum.class);
    private static final long MOST_USED_BYTES = 4 << 20;
    private static final long FREE_BYTES_KEPT = 1 << 20;

    private final Statement statement;

    private Vacuum(Statement statement) {
        this.statement = statement;
    }

    /**
     * Gives a file of an older version small pages, before anything else is done with it. What goes wrong is logged.
     *
     * @throws SQLException if the file is damaged
     */
    static void convert(Connection db, Path file) throws SQLException {
        try (Statement statement = db.createStatement()) {
            new Vacuum(statement).convert();
        } catch (SQLException e) {
            if (DiskTrouble.isDamage(e)) {
                throw e;
            }
            LOG.warn(
                    "{} keeps its large pages, since it cannot be written anew ({}): more is written to the disk than need be,"
                            + " and the next start tries again",
                    file,
                    e.getMessage());
        }
    }

    /** Gives the room of removed events back to the disk, if it is most of the file. */
    static void shrink(Connection db) throws SQLException {
        try (Statement statement = db.createStatement()) {
            new Vacuum(statement).shrink();
        }
    }

    private void convert() throws SQLException {
        boolean isOld = number("page_size") != PAGE_BYTES || number("auto_vacuum") != 0;
        if (number("page_count") > 0 && isOld && usedBytes() <= MOST_USED_BYTES) {
            // With a write-ahead log the size of pages cannot change.
            statement.execute("PRAGMA journal_mode = DELETE");
            statement.execute("PRAGMA synchronous = EXTRA");
            statement.execute("PRAGMA page_size = " + PAGE_BYTES);
            statement.execute("PRAGMA auto_vacuum = NONE");
            rewrite();
        }
    }

    private void shrink() throws SQLException {
        long free = number("freelist_count") * number("page_size");
        long used = usedBytes();
        if (free > FREE_BYTES_KEPT && free > used && used <= MOST_USED_BYTES) {
            rewrite();
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }

    /** In memory, since the folder for temporary files may be full, read-only or closed to the add-on. */
    private void rewrite() throws SQLException {
        statement.execute("PRAGMA temp_store = MEMORY");
        try {
            statement.execute("VACUUM");
        } finally {
            statement.execute("PRAGMA temp_store = DEFAULT");
        }
    }

    private long usedBytes() throws SQLException {
        return (number("page_count") - number("freelist_count")) * number("page_size");
    }

    private long number(String setting) throws SQLException {
        try (ResultSet result = statement.executeQuery("PRAGMA " + setting)) {
            return result.getLong(1);
        }
    }
}
