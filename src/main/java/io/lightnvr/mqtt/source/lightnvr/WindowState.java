package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.source.Mark;
import io.lightnvr.mqtt.source.SeenRows;
import java.util.Collection;

/**
 * The rows of a stream that are known. A row at or after {@code floor}, or in a gap, that is not in {@code seen} is
 * new; other rows never are. Immutable; all seconds are epoch seconds on the recorder's clock.
 *
 * @param floor rows before it are not new, unless they are in a gap
 * @param unknownBelow rows of the future before this second may have existed already (the recorder's clock was set back
 *     to before the first scan); they are remembered without an event when they are seen
 * @param completedAt when a scan last covered the whole look-back
 * @param sweptAt when a scan last went deep
 * @param lag by how much the recorder's clock leapt forward in all; memory ages without that, since the clock may be
 *     set back again
 * @param gaps what is to be caught up
 * @param lastScan the start of the last scan
 * @param seen the rows that were committed, or existed at the first scan
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

    /**
     * The most marks of the past remembered, and of the future; those of gaps, and of what comes next, come on top. A row
     * that was heard and read has two, and each event another one.
     */
    static final int MAX_ROWS = 15_000;

    /** The most marks while only events come, and no poll succeeds. */
    private static final int MAX_HEARD = 30_000;

    private static final long MEMORY_SECONDS = 86_400;

    /** The state after the first scan, which saw everything from an edge on. */
    static WindowState first(PollTime now, long edge, long unknownBelow, Collection<Mark> marks) {
        long at = now.recorder();
        return new WindowState(edge, unknownBelow, at, at, 0, Gaps.NONE, LastScan.at(now), SeenRows.NONE.plus(marks))
                .trimmed();
    }

    /** This state with more rows seen, and nothing else changed. */
    WindowState plus(Collection<Mark> marks) {
        return new WindowState(floor, unknownBelow, completedAt, sweptAt, lag, gaps, lastScan, seen.plus(marks));
    }

    /** This state after more was heard. */
    WindowState withSeen(SeenRows other) {
        SeenRows kept = nearest(other, lastScan.recorder(), MAX_HEARD);
        return new WindowState(floor, unknownBelow, completedAt, sweptAt, lag, gaps, lastScan, kept);
    }

    /**
     * The newest of what was heard of a stream of which nothing was read: of the last day, if the time is known, and no more than
     * rows would be.
     */
    static SeenRows newest(SeenRows heard, PollTime now) {
        long forgotten = now.certain() ? now.recorder() - MEMORY_SECONDS : ScanRange.BEFORE_ALL;
        return nearest(heard.without(ScanRange.BEFORE_ALL, forgotten), now.recorder(), MAX_ROWS);
    }

    /** So many marks of the past, and of the future: neither pushes out the other. */
    private static SeenRows nearest(SeenRows marks, long now, int most) {
        int past = marks.countUpTo(now);
        SeenRows kept = past <= most ? marks : marks.without(ScanRange.BEFORE_ALL, marks.secondAt(past - most - 1) + 1);
        int firstFuture = kept.countUpTo(now);
        return kept.size() - firstFuture <= most
                ? kept
                : kept.without(kept.secondAt(firstFuture + most), ScanRange.AFTER_ALL);
    }

    /** The second from which on every mark is remembered, but for those of gaps. */
    long remembersFrom() {
        long now = lastScan.recorder();
        return Math.max(remembersFrom(seen, now), now - lag - MEMORY_SECONDS);
    }

    /** The second from which on every one of these marks is remembered, if they are the newest of too many. */
    static long remembersFrom(SeenRows seen, long now) {
        return seen.countUpTo(now) < MAX_ROWS / 2 ? ScanRange.BEFORE_ALL : seen.secondAt(0) + 1;
    }

    /** This state with other gaps. */
    WindowState with(Gaps other) {
        return new WindowState(floor, unknownBelow, completedAt, sweptAt, lag, other, lastScan, seen);
    }

    /** The state after a scan of the present. */
    WindowState scanned(PollTime now, boolean wasComplete, boolean wasSweep, Collection<Mark> marks) {
        long completeNow = wasComplete ? now.recorder() : completedAt;
        long sweptNow = wasComplete && wasSweep ? now.recorder() : sweptAt;
        LastScan scan = LastScan.at(now);
        return new WindowState(floor, unknownBelow, completeNow, sweptNow, lag, gaps, scan, seen.plus(marks)).trimmed();
    }

    /** The state after the oldest slice of the gaps was caught up. */
    WindowState caughtUp(Gaps rest, Collection<Mark> marks) {
        return plus(marks).with(rest).trimmed();
    }

    /** Forgets rows that are old or too many, except those of gaps. */
    private WindowState trimmed() {
        long now = lastScan.recorder();
        int past = seen.countUpTo(now);
        long forgotten = now - lag - MEMORY_SECONDS;
        if (past > MAX_ROWS) {
            forgotten = Math.max(forgotten, seen.secondAt(past - MAX_ROWS - 1) + 1);
        }
        long ahead = unknownBelow;
        int future = seen.size() - past;
        if (future > MAX_ROWS) {
            ahead = Math.max(ahead, seen.secondAt(seen.size() - MAX_ROWS - 1) + 1);
        }
        SeenRows kept = keptFrom(forgotten).without(now + ScanRange.FAR_AHEAD + 1, future > MAX_ROWS ? ahead : now);
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
