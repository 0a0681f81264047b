package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.source.Mark;
import io.lightnvr.mqtt.source.SeenRows;
import java.util.Collection;

/**
 * What is known of a stream's rows. Every row of {@code floor} or later that is not in {@code seen} is new; rows
 * before the floor never are. Immutable; all seconds are epoch seconds on the recorder's clock.
 *
 * @param floor before it rows are never new
 * @param unknownBelow rows of the future before this second may have been there already (the recorder's clock was set
 *     back to before our first look); they are remembered quietly when they are seen
 * @param complete when a look last went through all of the look-back
 * @param swept when a look last went deep
 * @param lag by how much the recorder's clock leapt forward in all; memory ages without that, since the clock may be
 *     set back again
 * @param gap what is to be caught up
 * @param lastLook when the last look began
 * @param seen the rows that were taken, or were there at the first look
 */
record WindowState(
        long floor, long unknownBelow, long complete, long swept, long lag, Gap gap, Moment lastLook, SeenRows seen) {

    /** So many rows of the past are remembered, and as many of the future. */
    static final int MOST_ROWS = 5_000;

    private static final long MEMORY_SECONDS = 86_400;

    /** Less than that is no step of the recorder's clock: it is known to a second. */
    private static final long JITTER = 2;

    /** After the first look, which saw everything from an edge on. */
    static WindowState baseline(Moment now, long edge, long unknownBelow, Collection<Mark> marks) {
        long at = now.recorder();
        return new WindowState(edge, unknownBelow, at, at, 0, Gap.NONE, now, SeenRows.NONE.plus(marks)).trimmed();
    }

    /** This state as it is to be read now: after a step of the recorder's clock, after a time without a look. */
    WindowState at(Moment now, long catchUpSeconds) {
        return now.certain() ? stepped(now).blind(now, catchUpSeconds) : this;
    }

    /** With more rows remembered; nothing else is known to be so. */
    WindowState plus(Collection<Mark> marks) {
        return new WindowState(floor, unknownBelow, complete, swept, lag, gap, lastLook, seen.plus(marks));
    }

    /** After a look at the present. */
    WindowState looked(Moment now, boolean wasComplete, boolean wasSweep, Collection<Mark> marks) {
        long completeNow = wasComplete ? now.recorder() : complete;
        long sweptNow = wasComplete && wasSweep ? now.recorder() : swept;
        return new WindowState(floor, unknownBelow, completeNow, sweptNow, lag, gap, now, seen.plus(marks)).trimmed();
    }

    /** After the oldest slice of the gap was caught up. */
    WindowState caughtUp(Collection<Mark> marks) {
        Gap rest = gap.withoutSlice();
        return new WindowState(floor, unknownBelow, complete, swept, lag, rest, lastLook, seen.plus(marks)).trimmed();
    }

    private WindowState stepped(Moment now) {
        long elapsed = now.secondsSince(lastLook);
        long step = now.recorder() - lastLook.recorder() - elapsed;
        if (step < -JITTER) {
            return setBack(now.recorder() - elapsed - JITTER, step, lastLook.recorder() + elapsed + JITTER);
        }
        long leap = step > LookRange.LOOK_BACK ? step : 0;
        return new WindowState(floor, unknownBelow, complete, swept, lag + leap, gap, lastLook, seen);
    }

    /** What came in right before the step may be hidden by rows that were stamped later, so it is caught up. */
    private WindowState setBack(long since, long step, long until) {
        return new WindowState(
                Math.max(0, Math.min(floor, since)),
                since < floor ? Math.max(floor, unknownBelow) : unknownBelow,
                complete + step,
                swept + step,
                Math.max(0, lag + step),
                gap.with(Math.max(floor, complete - LookRange.LOOK_BACK), until),
                lastLook,
                seen);
    }

    private WindowState blind(Moment now, long catchUpSeconds) {
        long edge = now.recorder() - LookRange.LOOK_BACK;
        if (complete >= edge) {
            return this;
        }
        long from = Math.max(floor, complete - LookRange.LOOK_BACK);
        // A look-back more for late rows, and another one for the time between two looks.
        long oldest = catchUpSeconds == 0 ? edge : edge - catchUpSeconds - LookRange.LOOK_BACK;
        Gap longer = gap.with(from, edge).notBefore(oldest);
        long risen = Math.min(from, gap.isEmpty() ? from : gap.next()) < oldest ? Math.max(floor, oldest) : floor;
        long due = LookRange.beforeDeepLook(now);
        return new WindowState(risen, unknownBelow, due, swept, lag, longer, lastLook, seen);
    }

    /** Forgets what is old or too much. What is to be caught up keeps the floor below it. */
    private WindowState trimmed() {
        long now = lastLook.recorder();
        int past = seen.countUpTo(now);
        long forgotten = now - lag - MEMORY_SECONDS;
        if (past > MOST_ROWS) {
            forgotten = Math.max(forgotten, seen.secondAt(past - MOST_ROWS - 1) + 1);
        }
        if (!gap.isEmpty()) {
            forgotten = Math.min(forgotten, gap.next());
        }
        long ahead = unknownBelow;
        int future = seen.size() - past;
        if (future > MOST_ROWS) {
            ahead = Math.max(ahead, seen.secondAt(seen.size() - MOST_ROWS - 1) + 1);
        }
        SeenRows kept = seen.without(Long.MIN_VALUE + 1, forgotten).without(now + 1, future > MOST_ROWS ? ahead : now);
        return new WindowState(Math.max(floor, forgotten), ahead, complete, swept, lag, gap, lastLook, kept);
    }
}
