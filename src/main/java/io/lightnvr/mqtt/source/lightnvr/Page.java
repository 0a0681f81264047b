package io.lightnvr.mqtt.source.lightnvr;

import java.util.List;

/**
 * One answer to {@code ?end=}: the newest rows up to that second, as many as the recorder shows.
 *
 * @param rows every row of the answer, in its order
 */
record Page(List<Row> rows) {

    /** The recorder never shows more rows at once. */
    static final int FULL = 20;

    Page {
        rows = List.copyOf(rows);
    }

    /** Whether there may be more rows than it shows. */
    boolean isFull() {
        return rows.size() >= FULL;
    }

    /** The oldest second in it, of which it may show a part only. */
    long oldest() {
        return rows.stream().mapToLong(Row::second).min().orElseThrow();
    }

    /** Whether all its rows are of one second. */
    boolean isOneSecond() {
        return rows.stream().mapToLong(Row::second).distinct().count() == 1;
    }
}
