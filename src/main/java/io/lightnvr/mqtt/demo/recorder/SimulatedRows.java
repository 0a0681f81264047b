package io.lightnvr.mqtt.demo.recorder;

import io.lightnvr.mqtt.event.StreamName;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** The recorder's table of detections. Rows are never purged, not even with their stream. Thread-safe. */
public final class SimulatedRows {

    /** The most rows in an answer. */
    static final int PAGE = 20;

    private static final Comparator<Stored> NEWEST_FIRST = Comparator.comparingLong(Stored::second)
            .thenComparingLong(Stored::id)
            .reversed();

    private final SimulatedClock clock;
    private final List<RowListener> listeners = new CopyOnWriteArrayList<>();
    private final List<FrameListener> frameListeners = new CopyOnWriteArrayList<>();
    private final Map<StreamName, NavigableSet<Stored>> table = new HashMap<>();
    private long lastId;

    SimulatedRows(SimulatedClock clock) {
        this.clock = clock;
    }

    /** Is called for every frame that is inserted. */
    @FunctionalInterface
    public interface RowListener {

        /**
         * Takes the moment at which a frame's rows become visible. Must be quick: nobody can read them before it returns.
         *
         * @param second of the rows, on the recorder's clock
         * @param nanoTime of the moment, by {@link System#nanoTime()}
         */
        void visible(StreamName stream, long second, long nanoTime);
    }

    /**
     * A row in the table.
     *
     * @param id grows with every row
     * @param second of the detection
     * @param end of a detection from a trigger; {@code second} for all others
     */
    record Stored(long id, long second, long end, SimulatedRow row) {}

    /** Is called for every frame, when everybody can read its rows. */
    @FunctionalInterface
    public interface FrameListener {

        /** @param second of the rows, on the recorder's clock */
        void stored(StreamName stream, long second, List<SimulatedRow> rows);
    }

    public void addFrameListener(FrameListener listener) {
        frameListeners.add(listener);
    }

    /** Gives the rows of a stream another name. */
    synchronized void rename(StreamName old, StreamName renamed) {
        NavigableSet<Stored> stored = table.remove(old);
        if (stored != null) {
            table.computeIfAbsent(renamed, s -> new TreeSet<>(NEWEST_FIRST)).addAll(stored);
        }
    }

    public void addListener(RowListener listener) {
        listeners.add(listener);
    }

    /** Inserts a row of this second. */
    public void insert(StreamName stream, SimulatedRow row) {
        insertFrame(stream, clock.second(), row);
    }

    /** Inserts a frame's rows in one transaction: a reader sees all or none. */
    public void insertFrame(StreamName stream, long second, SimulatedRow... rows) {
        insertInterval(stream, second, second, List.of(rows));
    }

    /** Inserts rows that last, with consecutive ids, and returns the first id. */
    long insertInterval(StreamName stream, long second, long end, List<SimulatedRow> rows) {
        long first = store(stream, second, end, rows);
        frameListeners.forEach(listener -> listener.stored(stream, second, rows));
        return first;
    }

    private synchronized long store(StreamName stream, long second, long end, List<SimulatedRow> rows) {
        NavigableSet<Stored> stored = table.computeIfAbsent(stream, s -> new TreeSet<>(NEWEST_FIRST));
        long first = lastId + 1;
        rows.forEach(row -> stored.add(new Stored(++lastId, second, end, row)));
        long now = System.nanoTime();
        listeners.forEach(listener -> listener.visible(stream, second, now));
        return first;
    }

    /** Ends the rows of a stream with ids from {@code first} to below {@code after}. */
    synchronized void end(StreamName stream, long first, long after, long end) {
        NavigableSet<Stored> stored = table.get(stream);
        List<Stored> open = stored.stream()
                .filter(row -> row.id() >= first && row.id() < after)
                .toList();
        open.forEach(stored::remove);
        open.forEach(row -> stored.add(new Stored(row.id(), row.second(), end, row.row())));
    }

    /**
     * The newest rows, by second and then id, 20 at most.
     *
     * @param start only rows that are not over before this second
     * @param end only rows that do not begin after this second
     */
    synchronized List<Stored> newest(StreamName stream, long start, long end) {
        NavigableSet<Stored> stored = table.get(stream);
        if (stored == null) {
            return List.of();
        }
        Predicate<Stored> notOver = row -> row.end() >= start;
        return stored.tailSet(new Stored(Long.MAX_VALUE, end, end, null)).stream()
                .filter(notOver)
                .limit(PAGE)
                .toList();
    }
}
