package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.source.Mark;
import io.lightnvr.mqtt.source.SeenRows;
import java.util.Collection;

/**
 * What is known of a stream's rows. Every row of {@code floor} or later, or of a gap, that is not in {@code seen} is
 * new; other rows never are. Immutable; all seconds are epoch seconds on the recorder's clock.
 *
 * @param floor before it rows are not new, but in a gap
 * @param unknownBelow rows of the future before this second may have been there already (the recorder's clock was set
 *     back to before our first look); they are remembered quietly when they are seen
 * @param completedAt when a look last went through all of the look-back
 * @param sweptAt when a look last went deep
 * @param lag by how much the recorder's clock leapt forward in all; memory ages without that, since the clock may be
 *     set back again
 * @param gaps what is to be caught up
 * @param lastScan when the last look began
 * @param seen the rows that were taken, or were there at the first look
 */
record WindowState(
        long floor,
        long unknownBelow,
        long completedAt,
        long sweptAt,
        long lag,
        Gaps gaps,
        LastScan lastScan,
        SeenRows seen) {

    /** So many rows of the past are remembered, and as many of the future; beside them those of gaps and of what comes next. */
    static final int MOST_ROWS = 5_000;

    private static final long MEMORY_SECONDS = 86_400;

    /** After the first look, which saw everything from an edge on. */
    static WindowState first(PollTime now, long edge, long unknownBelow, Collection<Mark> marks) {
        long at = now.recorder();
        return new WindowState(edge, unknownBelow, at, at, 0, Gaps.NONE, LastScan.at(now), SeenRows.NONE.plus(marks))
                .trimmed();
    }

    /** With more rows remembered; nothing else is known to be so. */
    WindowState plus(Collection<Mark> marks) {
        return new WindowState(floor, unknownBelow, completedAt, sweptAt, lag, gaps, lastScan, seen.plus(marks));
    }

    /** With something else to be caught up. */
    WindowState with(Gaps other) {
        return new WindowState(floor, unknownBelow, completedAt, sweptAt, lag, other, lastScan, seen);
    }

    /** After a look at the present. */
    WindowState scanned(PollTime now, boolean wasComplete, boolean wasSweep, Collection<Mark> marks) {
        long completeNow = wasComplete ? now.recorder() : completedAt;
        long sweptNow = wasComplete && wasSweep ? now.recorder() : sweptAt;
        LastScan look = LastScan.at(now);
        return new WindowState(floor, unknownBelow, completeNow, sweptNow, lag, gaps, look, seen.plus(marks)).trimmed();
    }

    /** After the oldest slice of the gaps was caught up. */
    WindowState caughtUp(Gaps rest, Collection<Mark> marks) {
        return plus(marks).with(rest).trimmed();
    }

    /** Forgets what is old or too much, but for rows of gaps. */
    private WindowState trimmed() {
        long now = lastScan.recorder();
        int past = seen.countUpTo(now);
        long forgotten = now - lag - MEMORY_SECONDS;
        if (past > MOST_ROWS) {
            forgotten = Math.max(forgotten, seen.secondAt(past - MOST_ROWS - 1) + 1);
        }
        long ahead = unknownBelow;
        int future = seen.size() - past;
        if (future > MOST_ROWS) {
            ahead = Math.max(ahead, seen.secondAt(seen.size() - MOST_ROWS - 1) + 1);
        }
        SeenRows kept = keptFrom(forgotten).without(now + ScanRange.FAR_AHEAD + 1, future > MOST_ROWS ? ahead : now);
        return new WindowState(Math.max(floor, forgotten), ahead, completedAt, sweptAt, lag, gaps, lastScan, kept);
    }

    private SeenRows keptFrom(long forgotten) {
        SeenRows kept = seen;
        long from = ScanRange.BEFORE_ALL;
        for (Gaps.Range gap : gaps.ranges()) {
            kept = kept.without(from, Math.min(gap.first(), forgotten));
            from = gap.last() + 1;
        }
        return kept.without(from, forgotten);
    }
}
