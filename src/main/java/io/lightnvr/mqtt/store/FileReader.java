package io.lightnvr.mqtt.store;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.publish.Rendered;
import io.lightnvr.mqtt.publish.RenderedEvent;
import io.lightnvr.mqtt.publish.RenderedVisit;
import io.lightnvr.mqtt.source.Checkpoint;
import io.lightnvr.mqtt.source.SeenRows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Reads the tables. */
final class FileReader {

    private static final String EVENTS =
            "SELECT outbox.id, name, second, event_id, sendable_since, documented, enriched, visit"
                    + " FROM outbox JOIN stream ON stream.id = outbox.stream"
                    + " WHERE outbox.id IN (SELECT value FROM json_each(?))";

    private static final RenderedVisit.Kind[] KINDS = RenderedVisit.Kind.values();

    private final Connection db;

    FileReader(Connection db) {
        this.db = db;
    }

    String storeId() throws SQLException {
        try (Statement statement = db.createStatement();
                ResultSet row = statement.executeQuery("SELECT value FROM meta WHERE key = 'store_id'")) {
            if (!row.next()) {
                throw new SQLException("it has no store_id");
            }
            return row.getString(1);
        }
    }

    void load(Ledger ledger, Instant now) throws SQLException {
        try (Statement statement = db.createStatement()) {
            Map<Long, StreamName> names = loadStreams(statement, ledger);
            loadEvents(statement, ledger, names, now);
            loadAnnounced(statement, ledger);
        }
    }

    private static void loadAnnounced(Statement statement, Ledger ledger) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT topic, payload, tombstone FROM announced ORDER BY id")) {
            while (row.next()) {
                ledger.restore(row.getString(1), new AnnouncedTopic(row.getString(2), row.getString(3)));
            }
        }
    }

    private static Map<Long, StreamName> loadStreams(Statement statement, Ledger ledger) throws SQLException {
        Map<Long, SeenRows> seen = loadSeen(statement);
        Map<Long, StreamName> names = new HashMap<>();
        try (ResultSet row = statement.executeQuery(
                "SELECT id, name, sequence, position, state, camera, device, visits FROM stream ORDER BY id")) {
            while (row.next()) {
                long id = row.getLong(1);
                names.put(id, new StreamName(row.getString(2)));
                Optional<Checkpoint> checkpoint = Optional.ofNullable(row.getString(4))
                        .map(position -> new Checkpoint(position, seen.getOrDefault(id, SeenRows.NONE)));
                ledger.restore(new Changes.Stream(
                        id,
                        names.get(id),
                        row.getLong(3),
                        checkpoint,
                        checkpoint,
                        Optional.ofNullable(row.getString(5)),
                        Optional.ofNullable(row.getString(6)),
                        Optional.ofNullable(row.getString(7)).map(StreamName::new),
                        Optional.ofNullable(row.getBytes(8))));
            }
        }
        return names;
    }

    private static Map<Long, SeenRows> loadSeen(Statement statement) throws SQLException {
        Map<Long, List<byte[]>> pieces = new HashMap<>();
        try (ResultSet row = statement.executeQuery("SELECT stream, rows FROM seen ORDER BY stream, begins")) {
            while (row.next()) {
                pieces.computeIfAbsent(row.getLong(1), stream -> new ArrayList<>())
                        .add(row.getBytes(2));
            }
        }
        return pieces.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> SeenRows.ofBytes(entry.getValue())));
    }

    private static void loadEvents(Statement statement, Ledger ledger, Map<Long, StreamName> names, Instant now)
            throws SQLException {
        String sql = "SELECT outbox.id, stream, sendable_since, added, coalesce(sequence, sent_as) AS given, visit > 0"
                + " FROM outbox LEFT JOIN sending ON sending.event = outbox.id"
                + " ORDER BY iif(given < 0, -1 - given, given), visit > 0, outbox.id";
        try (ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                long sequence = row.getLong(5);
                ledger.restore(
                        row.getLong(1),
                        names.get(row.getLong(2)),
                        row.getLong(3),
                        row.getLong(4),
                        row.getBoolean(6),
                        sequence == 0 ? OptionalLong.empty() : OptionalLong.of(sequence),
                        now);
            }
        }
    }

    Map<Long, Rendered> events(Collection<Long> ids) throws SQLException {
        Map<Long, Rendered> found = new HashMap<>();
        try (PreparedStatement events = db.prepareStatement(EVENTS)) {
            events.setString(1, FileWriter.json(ids));
            ResultSet row = events.executeQuery();
            while (row.next()) {
                found.put(row.getLong(1), entry(row));
            }
        }
        return found;
    }

    private static Rendered entry(ResultSet row) throws SQLException {
        StreamName stream = new StreamName(row.getString(2));
        Instant sendableSince = Instant.ofEpochMilli(row.getLong(5));
        int visit = row.getInt(8);
        return visit > 0
                ? new RenderedVisit(KINDS[(visit - 1) % KINDS.length], stream, sendableSince, row.getBytes(6))
                : new RenderedEvent(
                        stream, row.getLong(3), row.getString(4), sendableSince, row.getBytes(6), row.getBytes(7));
    }
}
