package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.source.Beginning;

/**
 * Which seconds a look goes through, from the newest to the oldest. All are epoch seconds on the recorder's clock.
 *
 * @param from the newest
 * @param edge the oldest; rows before it do not count
 * @param near where to go on when nothing but known rows of the future is seen, which would hide the present
 * @param quickUntil a look that brings nothing new may end before this second; where it is {@link #BEFORE_ALL}, the
 *     look goes down to the edge
 * @param quietFrom new rows from this second on ...
 * @param quietBelow ... and before this one are remembered, but are not news
 * @param loud except in these seconds, which were known before
 */
record ScanRange(long from, long edge, long near, long quickUntil, long quietFrom, long quietBelow, Gaps loud) {

    /** Bounds that no second lies before, or after; they are only ever compared. */
    static final long BEFORE_ALL = Long.MIN_VALUE;

    private static final long AFTER_ALL = Long.MAX_VALUE;

    /** Later than every row: the newest rows without any effect of intervals. */
    static final long FAR = 4_102_444_800L;

    /** The recorder writes the row of a live detection up to so many seconds late, after a slow detector's inference. */
    static final long LATEST_WRITTEN = 30;

    /** How far every poll looks back for late rows: twice as far as they come. */
    static final long LOOK_BACK = 60;

    private static final long SWEEP_BACK = 900;
    private static final long SWEEP_EVERY = 300;
    private static final long QUICK_BACK = 10;
    private static final long FULL_EVERY = 10;

    /** How far ahead of the recorder's clock a row still counts as of the present. */
    private static final long AHEAD = 2;

    /** How far ahead rows that were there before are looked for, so that they are known when their second comes. */
    static final long FAR_AHEAD = 30;

    /** The first look at a stream: what it shows was there before, but, on request, what of it is new for its time. */
    static ScanRange first(PollTime now, Beginning beginning) {
        long near = now.recorder() + AHEAD;
        long quietFrom = beginning == Beginning.AT_NOW ? BEFORE_ALL : near + 1;
        return new ScanRange(FAR, now.recorder() - LOOK_BACK, near, BEFORE_ALL, quietFrom, AFTER_ALL, Gaps.NONE);
    }

    /** The look of every poll: a quick one, every 10 s one of 60 s, every 5 minutes one of 15 minutes. */
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

    /** The oldest slice of what is to be caught up. */
    static ScanRange slice(Gaps gaps) {
        Gaps.Range slice = gaps.slice();
        return new ScanRange(slice.last(), slice.first(), AFTER_ALL, BEFORE_ALL, AFTER_ALL, BEFORE_ALL, gaps);
    }

    static boolean isSweep(WindowState state, PollTime now) {
        return now.certain() && state.gaps().isEmpty() && now.recorder() - state.sweptAt() >= SWEEP_EVERY;
    }

    /** When the last complete look must have been for the next one to be a deep one. */
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
