package io.lightnvr.mqtt.source.lightnvr;

/**
 * Adjusts the state of a window to the time that has passed: after a step of the recorder's clock, after a pause, after
 * a restart. Pure.
 *
 * <p>The monotonic clock shows how long ago the last scan was; after a restart the bridge's clock does, as far as it is
 * trusted ({@link LastScan}). If the recorder's clock advanced by less, it was set back. If it advanced by more, it
 * leapt, or the bridge's clock stood still with the whole machine: what it passed over counts as missed.
 *
 * @param before the state after the last scan
 * @param elapsed whole seconds since then
 * @param catchUpSeconds how far to go back for what was missed
 */
record ClockAdjustment(WindowState before, PollTime now, long elapsed, long catchUpSeconds) {

    /** A smaller difference is no step of the recorder's clock, which is known to a second. */
    private static final long JITTER = 2;

    /** A look-back for late rows, and another one for the time between two scans. */
    private static final long SLACK = 2 * ScanRange.LOOK_BACK;

    /** Returns the adjusted state; an uncertain time adjusts nothing. */
    static WindowState of(WindowState before, PollTime now, long catchUpSeconds) {
        if (!now.certain()) {
            return before;
        }
        return new ClockAdjustment(before, now, before.lastScan().secondsTo(now), catchUpSeconds).state();
    }

    /** Returns the second from which on rows may be caught up. */
    static long oldest(PollTime now, long catchUpSeconds) {
        return now.recorder() - (catchUpSeconds == 0 ? ScanRange.LOOK_BACK : catchUpSeconds + SLACK);
    }

    private WindowState state() {
        long step = now.recorder() - before.lastScan().recorder() - elapsed;
        if (step < -JITTER) {
            return caughtUpFrom(setBack(step));
        }
        return step > ScanRange.LOOK_BACK ? leapt(step) : caughtUpFrom(before);
    }

    /**
     * When the recorder's clock began to run as it does now: earlier rows existed at the last scan. If both clocks went back over a
     * restart, as on a machine without a battery, nobody can tell how long the bridge took to come: a look-back at most.
     */
    private long since() {
        return now.recorder() - elapsed - (before.lastScan().isAfter(now) ? ScanRange.LOOK_BACK : JITTER);
    }

    /**
     * Rows that came in right before the step may be hidden by rows with later seconds, so they are caught up. The
     * floor falls if the clock was certainly set back to before it: what lies between is not remembered.
     */
    private WindowState setBack(long step) {
        boolean falls = since() < before.floor() && isSurelySetBack();
        return new WindowState(
                falls ? Math.max(0, since()) : before.floor(),
                falls ? Math.max(before.floor(), before.unknownBelow()) : before.unknownBelow(),
                before.completedAt() + step,
                before.sweptAt() + step,
                Math.max(0, before.lag() + step),
                withOldTime(before.gaps()),
                before.lastScan(),
                before.seen());
    }

    private boolean isSurelySetBack() {
        LastScan last = before.lastScan();
        boolean believable = now.recorder() < last.recorder() && elapsed < LastScan.MAX_DOUBT;
        return !last.isBeforeRestart() || believable || now.recorder() < before.floor();
    }

    /**
     * After it was set back to before the floor, the clock may have passed over seconds whose rows are unknown. Those
     * that cannot have come in since the last scan are not new.
     */
    private WindowState leapt(long step) {
        long above = Math.min(before.unknownBelow(), since());
        boolean overUnknown = above > oldTimeEnd();
        WindowState state = caughtUpFrom(new WindowState(
                overUnknown ? Math.max(before.floor(), above) : before.floor(),
                before.unknownBelow(),
                before.completedAt(),
                before.sweptAt(),
                before.lag() + step,
                before.gaps(),
                before.lastScan(),
                before.seen()));
        boolean sure = !before.lastScan().isBeforeRestart() || overUnknown;
        return sure ? state.with(withOldTime(state.gaps())) : state;
    }

    /** Adds the rows that may have come in between the last scan and the step, on the clock as it ran then. */
    private Gaps withOldTime(Gaps gaps) {
        long oldest = Math.max(before.floor(), before.completedAt() - ScanRange.LOOK_BACK);
        return gaps.with(Math.max(oldest, oldTimeEnd() - catchUpSeconds - SLACK), oldTimeEnd());
    }

    private long oldTimeEnd() {
        return before.lastScan().recorder() + elapsed + JITTER;
    }

    /** Adds a gap if nothing was scanned for longer than the look-back, no longer than may be caught up. */
    private WindowState caughtUpFrom(WindowState state) {
        long edge = now.recorder() - ScanRange.LOOK_BACK;
        boolean blind = state.completedAt() < edge;
        if (!blind && !before.lastScan().isBeforeRestart()) {
            return state;
        }
        long from = Math.max(state.floor(), state.completedAt() - ScanRange.LOOK_BACK);
        long oldest = oldest(now, catchUpSeconds);
        Gaps gaps = blind ? state.gaps().with(from, edge) : state.gaps();
        return new WindowState(
                gaps.startBefore(oldest) ? Math.max(state.floor(), oldest) : state.floor(),
                state.unknownBelow(),
                blind ? ScanRange.beforeDeepLook(now) : state.completedAt(),
                state.sweptAt(),
                state.lag(),
                gaps.withoutBefore(oldest),
                before.lastScan(),
                state.seen());
    }
}
