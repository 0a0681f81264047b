package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.source.Beginning;
import java.util.List;

/**
 * The range of a scan, from the newest second to the oldest. All are epoch seconds on the recorder's clock.
 *
 * @param from the newest
 * @param edge the oldest; earlier rows do not count
 * @param near where to go on if only known rows of the future are found, which would hide the present
 * @param quickUntil a scan that has come down to known rows may end before this second; {@link #BEFORE_ALL} makes it go down to
 *     the edge
 * @param quietFrom new rows from this second on ...
 * @param quietBelow ... and before this one are remembered without an event
 * @param loud except in these seconds, which were known before
 */
record ScanRange(long from, long edge, long near, long quickUntil, long quietFrom, long quietBelow, Gaps loud) {

    /** Bounds that no second lies before, or after; they are only ever compared. */
    static final long BEFORE_ALL = Long.MIN_VALUE;

    static final long AFTER_ALL = Long.MAX_VALUE;

    /** Later than every row: returns the newest rows without any effect of intervals. */
    static final long FAR = 4_102_444_800L;

    /** The longest delay, in seconds, of the row of a live detection: that of a slow detector's inference. */
    static final long LATEST_WRITTEN = 30;

    /** How far every poll looks back for late rows: twice as far as they come. */
    static final long LOOK_BACK = 60;

    private static final long SWEEP_BACK = 900;
    private static final long SWEEP_EVERY = 300;
    private static final long QUICK_BACK = 10;
    private static final long FULL_EVERY = 10;

    /** How far ahead of the recorder's clock a row still belongs to the present. */
    private static final long AHEAD = 2;

    /** How far ahead existing rows are looked for, so that they are known when their second comes. */
    static final long FAR_AHEAD = 30;

    /** Returns the range of the first scan: its rows are old, but for those of the present if so requested. */
    static ScanRange first(PollTime now, Beginning beginning) {
        long near = now.recorder() + AHEAD;
        long edge = now.recorder() - LOOK_BACK;
        long quietFrom = beginning.isNow() ? BEFORE_ALL : near + 1;
        long first = Math.min(near, beginning.second().orElse(near));
        Gaps loud = beginning.second().isPresent() ? new Gaps(List.of(new Gaps.Range(first, near))) : Gaps.NONE;
        return new ScanRange(FAR, edge, near, BEFORE_ALL, quietFrom, AFTER_ALL, loud);
    }

    /** Returns the range of a regular scan: a quick one, every 10 s one of 60 s, every 5 minutes one of 15 minutes. */
    static ScanRange regular(WindowState state, PollTime now) {
        boolean sweep = isSweep(state, now);
        boolean deep = sweep || now.recorder() - state.completedAt() >= FULL_EVERY;
        long back = Math.min(now.recorder(), state.completedAt()) - (sweep ? SWEEP_BACK : LOOK_BACK);
        long quietFrom = now.recorder() + AHEAD + 1;
        return new ScanRange(
                FAR,
                Math.max(state.floor(), back),
                now.recorder() + (state.unknownBelow() > quietFrom ? FAR_AHEAD : AHEAD),
                deep ? BEFORE_ALL : now.recorder() - QUICK_BACK,
                quietFrom,
                state.unknownBelow(),
                state.gaps());
    }

    /** Returns the range of the oldest slice to catch up. */
    static ScanRange slice(Gaps gaps) {
        Gaps.Range slice = gaps.slice();
        return new ScanRange(slice.last(), slice.first(), AFTER_ALL, BEFORE_ALL, AFTER_ALL, BEFORE_ALL, gaps);
    }

    static boolean isSweep(WindowState state, PollTime now) {
        return now.certain() && state.gaps().isEmpty() && now.recorder() - state.sweptAt() >= SWEEP_EVERY;
    }

    /** Returns a time of the last complete scan that makes the next one a deep one. */
    static long beforeDeepLook(PollTime now) {
        return now.recorder() - FULL_EVERY;
    }

    boolean contains(long second) {
        return second >= edge && second <= from;
    }

    boolean isQuiet(long second) {
        return second >= quietFrom && second < quietBelow && !loud.contains(second);
    }
}
