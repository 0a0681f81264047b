package io.lightnvr.mqtt.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The times of the events in the file. They are those of the clock by which events grow old: the wall clock's when the process
 * started, and from then on a monotonic one. What the wall clock is ahead of it is kept beside them, and added when the next
 * process begins, whose clock starts with the wall clock anew.
 *
 * <p>A wall clock is believed within one boot of the machine. After another boot it may be behind, as that of a computer without a
 * battery whose power failed: what waited through that is not fresh, whatever the clock says, and nothing is that lies ahead.
 */
record StoredTimes(Connection db) {

    private static final String OFFSET = "clock_offset_ms";
    private static final String BOOT = "boot_id";

    /** No event is older than this program; a computer without a battery starts in 1970 or when its system was built. */
    private static final Instant FIRST_POSSIBLE = Instant.parse("2025-01-01T00:00:00Z");

    /** Notes how far the wall clock is ahead. */
    void clockOffset(Duration offset) throws SQLException {
        note(OFFSET, Long.toString(offset.toMillis()));
    }

    private void note(String key, String value) throws SQLException {
        try (PreparedStatement statement = db.prepareStatement(
                "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value")) {
            statement.setString(1, key);
            statement.setString(2, value);
            statement.executeUpdate();
        }
    }

    /**
     * Brings the times of an earlier process to the clock of this one. An event that seems to come from the future, or from before
     * this program, was added under a wrong clock: it grows old from now on.
     *
     * @param freshSince what could be sent before that is not fresh, in epoch milliseconds
     * @param boot names the boot of the machine; empty if that is not known
     */
    void correct(Instant now, long freshSince, String boot) throws SQLException {
        long offset = offset();
        boolean isSameBoot = !boot.isEmpty() && boot.equals(noted(BOOT).orElse(""));
        if (offset != 0 || !isSameBoot || areImpossible(now)) {
            long latest = isSameBoot ? now.toEpochMilli() : freshSince - 1;
            Transaction.run(db, () -> {
                correct(offset, now.toEpochMilli(), latest, freshSince - 1);
                note(BOOT, boot);
            });
        }
    }

    private void correct(long offset, long now, long latest, long stale) throws SQLException {
        try (PreparedStatement statement = db.prepareStatement("UPDATE outbox SET"
                + " added = CASE WHEN added + ?1 BETWEEN ?3 AND ?2 THEN added + ?1 ELSE ?2 END,"
                + " sendable_since = CASE WHEN sendable_since + ?1 <= ?4 THEN sendable_since + ?1 ELSE ?5 END")) {
            statement.setLong(1, offset);
            statement.setLong(2, now);
            statement.setLong(3, FIRST_POSSIBLE.toEpochMilli());
            statement.setLong(4, latest);
            statement.setLong(5, stale);
            statement.executeUpdate();
        }
        clockOffset(Duration.ZERO);
    }

    private long offset() throws SQLException {
        return noted(OFFSET).map(Long::parseLong).orElse(0L);
    }

    private Optional<String> noted(String key) throws SQLException {
        try (PreparedStatement statement = db.prepareStatement("SELECT value FROM meta WHERE key = ?")) {
            statement.setString(1, key);
            ResultSet row = statement.executeQuery();
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        }
    }

    private boolean areImpossible(Instant now) throws SQLException {
        try (Statement statement = db.createStatement();
                ResultSet row = statement.executeQuery("SELECT 1 FROM outbox WHERE added NOT BETWEEN "
                        + FIRST_POSSIBLE.toEpochMilli() + " AND " + now.toEpochMilli() + " OR sendable_since > "
                        + now.toEpochMilli() + " LIMIT 1")) {
            return row.next();
        }
    }
}
