package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.event.Box;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of one stream as the recorder keeps and shows them: the newest 20, from one query, with the timestamps of
 * another. Not thread-safe.
 */
final class ModelRecorder {

    private static final Comparator<Stored> NEWEST_FIRST = Comparator.comparingLong(Stored::second)
            .thenComparingInt(Stored::id)
            .reversed();

    private final List<Stored> rows = new ArrayList<>();
    private final Map<Long, Integer> perSecond = new HashMap<>();

    /** A row, with the simulated time at which it came in. */
    record Stored(int id, Row row, long insertedMillis) {
        long second() {
            return row.second();
        }
    }

    static Row.Content content(String label) {
        return new Row.Content(label, 0.5f, Box.whole(), "", "");
    }

    static Row.Content content(String label, float confidence) {
        return new Row.Content(label, confidence, Box.whole(), "", "");
    }

    void insert(long second, Row.Content content, long nowMillis) {
        Stored stored = new Stored(rows.size(), Row.of(second, content), nowMillis);
        int place = 0;
        while (place < rows.size() && NEWEST_FIRST.compare(rows.get(place), stored) < 0) {
            place++;
        }
        rows.add(place, stored);
        perSecond.merge(second, 1, Integer::sum);
    }

    int rowsIn(long second) {
        return perSecond.getOrDefault(second, 0);
    }

    List<Stored> rows() {
        return rows;
    }

    /** An answer, between whose two queries something may happen. */
    Page read(long end, Runnable between) {
        List<Stored> contents = newest(end);
        between.run();
        List<Stored> timestamps = newest(end);
        List<Row> page = new ArrayList<>();
        for (int i = 0; i < contents.size(); i++) {
            Row content = contents.get(i).row();
            page.add(new Row(timestamps.get(i).second(), content.fingerprint(), content.content()));
        }
        return new Page(page);
    }

    Page read(long end) {
        return read(end, () -> {});
    }

    private List<Stored> newest(long end) {
        int first = 0;
        while (first < rows.size() && rows.get(first).second() > end) {
            first++;
        }
        return List.copyOf(rows.subList(first, Math.min(first + Page.FULL, rows.size())));
    }
}
