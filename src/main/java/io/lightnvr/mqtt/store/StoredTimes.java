package io.lightnvr.mqtt.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;

/**
 * The times of the events in the file. They are those of the clock by which events grow old: the wall clock's when the process
 * started, and from then on a monotonic one. What the wall clock is ahead of it is kept beside them, and added when the next
 * process begins, whose clock starts with the wall clock anew.
 */
record StoredTimes(Connection db) {

    private static final String OFFSET = "clock_offset_ms";

    /** No event is older than this program; a computer without a battery starts in 1970 or when its system was built. */
    private static final Instant FIRST_POSSIBLE = Instant.parse("2025-01-01T00:00:00Z");

    /** Notes how far the wall clock is ahead. */
    void clockOffset(Duration offset) throws SQLException {
        try (PreparedStatement statement = db.prepareStatement(
                "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value")) {
            statement.setString(1, OFFSET);
            statement.setString(2, Long.toString(offset.toMillis()));
            statement.executeUpdate();
        }
    }

    /**
     * Brings the times of an earlier process to the clock of this one. An event that seems to come from the future, or from before
     * this program, was added under a wrong clock: it grows old from now on.
     */
    void correct(Instant now) throws SQLException {
        long offset = offset();
        if (offset != 0 || areImpossible(now)) {
            Transaction.run(db, () -> correct(offset, now.toEpochMilli()));
        }
    }

    private void correct(long offset, long now) throws SQLException {
        try (PreparedStatement statement = db.prepareStatement(
                "UPDATE outbox SET"
                        + " added = CASE WHEN added + ?1 BETWEEN ?3 AND ?2 THEN added + ?1 ELSE ?2 END,"
                        + " sendable_since = CASE WHEN sendable_since + ?1 <= ?2 THEN sendable_since + ?1 ELSE sendable_since END")) {
            statement.setLong(1, offset);
            statement.setLong(2, now);
            statement.setLong(3, FIRST_POSSIBLE.toEpochMilli());
            statement.executeUpdate();
        }
        clockOffset(Duration.ZERO);
    }

    private long offset() throws SQLException {
        try (PreparedStatement statement = db.prepareStatement("SELECT value FROM meta WHERE key = ?")) {
            statement.setString(1, OFFSET);
            ResultSet row = statement.executeQuery();
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private boolean areImpossible(Instant now) throws SQLException {
        try (Statement statement = db.createStatement();
                ResultSet row = statement.executeQuery("SELECT 1 FROM outbox WHERE added NOT BETWEEN "
                        + FIRST_POSSIBLE.toEpochMilli() + " AND " + now.toEpochMilli() + " LIMIT 1")) {
            return row.next();
        }
    }
}
