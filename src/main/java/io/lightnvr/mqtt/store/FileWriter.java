package io.lightnvr.mqtt.store;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.publish.RenderedEvent;
import io.lightnvr.mqtt.publish.RenderedVisit;
import io.lightnvr.mqtt.source.Checkpoint;
import io.lightnvr.mqtt.source.SeenRows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Writes {@link Changes} into the tables. Many ids go as one JSON array through {@code json_each}: one call instead of one
 * for each. Used by one thread at a time.
 */
final class FileWriter implements AutoCloseable {

    private static final long PIECE_SECONDS = 64;
    private static final byte[] NOTHING = {};

    private final Connection db;
    private final PreparedStatement stream;
    private final PreparedStatement seen;
    private final PreparedStatement oldSeen;
    private final PreparedStatement event;
    private final PreparedStatement sequenced;
    private final PreparedStatement sent;
    private final PreparedStatement removed;
    private final PreparedStatement announced;
    private final PreparedStatement unannounced;

    FileWriter(Connection db) throws SQLException {
        this.db = db;
        stream = db.prepareStatement(
                "INSERT INTO stream (id, name, sequence, position, state, camera, device, visits)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (id) DO UPDATE SET sequence = excluded.sequence, position = excluded.position,"
                        + " state = excluded.state, camera = excluded.camera, device = excluded.device, visits = excluded.visits");
        seen = db.prepareStatement("INSERT INTO seen (stream, begins, rows) VALUES (?, ?, ?)"
                + " ON CONFLICT DO UPDATE SET rows = excluded.rows");
        oldSeen = db.prepareStatement("DELETE FROM seen WHERE stream = ? AND begins < ?");
        event = db.prepareStatement("INSERT INTO outbox"
                + " (id, stream, second, sendable_since, added, event_id, documented, enriched, visit, sent_as)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        sequenced = db.prepareStatement(
                "INSERT INTO sending (event, sequence) SELECT value ->> 0, value ->> 1 FROM json_each(?)");
        sent = db.prepareStatement("DELETE FROM sending WHERE event IN (SELECT value FROM json_each(?))");
        announced = db.prepareStatement("INSERT INTO announced (topic, payload, tombstone) VALUES (?, ?, ?)"
                + " ON CONFLICT (topic) DO UPDATE SET payload = excluded.payload, tombstone = excluded.tombstone");
        unannounced = db.prepareStatement("DELETE FROM announced WHERE topic = ?");
        removed = db.prepareStatement("DELETE FROM outbox WHERE id IN (SELECT value FROM json_each(?))");
    }

    void storeId(String id) throws SQLException {
        try (PreparedStatement statement = db.prepareStatement("UPDATE meta SET value = ? WHERE key = 'store_id'")) {
            statement.setString(1, id);
            statement.executeUpdate();
        }
    }

    void write(Changes changes) throws SQLException {
        if (changes.clockOffset().isPresent()) {
            new StoredTimes(db).clockOffset(changes.clockOffset().get());
        }
        for (Map.Entry<String, Optional<AnnouncedTopic>> topic :
                changes.announced().entrySet()) {
            write(topic.getKey(), topic.getValue());
        }
        for (Changes.Stream changed : changes.streams()) {
            write(changed);
        }
        // First: what is added then takes the pages of what was removed.
        if (!changes.removed().isEmpty()) {
            String ids = json(changes.removed());
            sent.setString(1, ids);
            sent.executeUpdate();
            removed.setString(1, ids);
            removed.executeUpdate();
        }
        for (Changes.Added added : changes.added()) {
            write(added);
        }
        if (!changes.sequenced().isEmpty()) {
            sequenced.setString(1, json(changes.sequenced(), row -> LongStream.of(row.id(), row.sequence())));
            sequenced.executeUpdate();
        }
    }

    private void write(String topic, Optional<AnnouncedTopic> now) throws SQLException {
        if (now.isEmpty()) {
            unannounced.setString(1, topic);
            unannounced.executeUpdate();
        } else {
            announced.setString(1, topic);
            announced.setString(2, now.get().payload());
            announced.setString(3, now.get().tombstone());
            announced.executeUpdate();
        }
    }

    private void write(Changes.Stream changed) throws SQLException {
        stream.setLong(1, changed.id());
        stream.setString(2, changed.name().raw());
        stream.setLong(3, changed.sequence());
        stream.setString(4, changed.checkpoint().map(Checkpoint::position).orElse(null));
        stream.setString(5, changed.state().orElse(null));
        stream.setString(6, changed.camera().orElse(null));
        stream.setString(7, changed.device().map(StreamName::raw).orElse(null));
        stream.setBytes(8, changed.visits().orElse(null));
        stream.executeUpdate();
        writeSeen(changed.id(), rows(changed.written()), rows(changed.checkpoint()));
    }

    /** Only the pieces in which something has changed; what is older than everything that is left goes at one go. */
    private void writeSeen(long id, SeenRows before, SeenRows after) throws SQLException {
        if (before == after) {
            return;
        }
        long oldest = after.size() > 0 ? begin(after.secondAt(0)) : Long.MAX_VALUE;
        Set<Long> pieces = new TreeSet<>();
        after.minus(before).forEach(mark -> pieces.add(begin(mark.second())));
        before.minus(after).forEach(mark -> pieces.add(begin(mark.second())));
        if (before.size() > 0 && begin(before.secondAt(0)) < oldest) {
            oldSeen.setLong(1, id);
            oldSeen.setLong(2, oldest);
            oldSeen.executeUpdate();
        }
        for (long piece : pieces) {
            if (piece >= oldest) {
                seen.setLong(1, id);
                seen.setLong(2, piece);
                seen.setBytes(3, after.bytes(piece, piece + PIECE_SECONDS));
                seen.executeUpdate();
            }
        }
    }

    private static long begin(long second) {
        return Math.floorDiv(second, PIECE_SECONDS) * PIECE_SECONDS;
    }

    private void write(Changes.Added added) throws SQLException {
        event.setLong(1, added.id());
        event.setLong(2, added.stream());
        event.setLong(4, added.event().sendableSince().toEpochMilli());
        event.setLong(5, added.added());
        event.setLong(10, added.sequence());
        if (added.event() instanceof RenderedEvent rendered) {
            payload(rendered.second(), rendered.eventId(), rendered.documented(), rendered.enrichedHead(), 0);
        } else if (added.event() instanceof RenderedVisit rendered) {
            payload(0, "", rendered.payload(), NOTHING, 1 + rendered.kind().ordinal());
        }
        event.executeUpdate();
    }

    private void payload(long second, String eventId, byte[] first, byte[] other, int visit) throws SQLException {
        event.setLong(3, second);
        event.setString(6, eventId);
        event.setBytes(7, first);
        event.setBytes(8, other);
        event.setInt(9, visit);
    }

    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement :
                List.of(stream, seen, oldSeen, event, sequenced, sent, removed, announced, unannounced)) {
            statement.close();
        }
    }

    private static SeenRows rows(Optional<Checkpoint> checkpoint) {
        return checkpoint.map(Checkpoint::seen).orElse(SeenRows.NONE);
    }

    /** An array of numbers. */
    static String json(Collection<Long> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
    }

    /** An array of arrays of numbers. */
    private static <T> String json(Iterable<T> rows, Function<T, LongStream> numbers) {
        StringBuilder json = new StringBuilder("[");
        for (T row : rows) {
            json.append(json.length() > 1 ? ",[" : "[");
            String separator = "";
            for (long number : numbers.apply(row).toArray()) {
                json.append(separator).append(number);
                separator = ",";
            }
            json.append(']');
        }
        return json.append(']').toString();
    }
}
