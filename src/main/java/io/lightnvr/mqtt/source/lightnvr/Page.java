package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.source.Mark;
import java.util.List;

/**
 * The rows of one answer to {@code ?end=}: the newest ones up to that second, as many as the recorder returns.
 *
 * @param rows every row of the answer, in its order
 */
record Page(List<Row> rows) {

    /** The recorder never returns more rows at once. */
    static final int FULL = 20;

    Page {
        rows = List.copyOf(rows);
    }

    /** Returns whether there may be more rows. */
    boolean isFull() {
        return rows.size() >= FULL;
    }

    /** Returns the oldest second, which may be incomplete. */
    long oldest() {
        return rows.stream().mapToLong(Row::second).min().orElseThrow();
    }

    /** Returns whether its oldest row, the last one, has one of these marks; more like it may follow. */
    boolean endsIn(List<Mark> marks) {
        return marks.contains(rows.get(rows.size() - 1).mark());
    }

    /** Returns whether all rows are of one second. */
    boolean isOneSecond() {
        return rows.stream().mapToLong(Row::second).distinct().count() == 1;
    }
}
