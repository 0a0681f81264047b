package io.lightnvr.mqtt.source.lightnvr;

/**
 * How a window's state is to be read now: after a step of the recorder's clock, after a time without a look, after a
 * restart. Pure.
 *
 * <p>How long ago the last look was tells the monotonic clock or, after a restart, our own as far as it is believed
 * ({@link LastScan}). Where the recorder's clock went on by less it was set back, where by more it leapt, or our clock
 * stood still with the whole machine: so what it passed over counts as missed.
 *
 * @param before what was known at the last look
 * @param elapsed whole seconds since then
 * @param catchUpSeconds how far back to go for what was missed
 */
record ClockAdjustment(WindowState before, PollTime now, long elapsed, long catchUpSeconds) {

    /** Less than that is no step of the recorder's clock: it is known to a second. */
    private static final long JITTER = 2;

    /** A look-back for late rows, and another one for the time between two looks. */
    private static final long SLACK = 2 * ScanRange.LOOK_BACK;

    /** The state as it is to be read now. A moment that is not certain tells nothing. */
    static WindowState of(WindowState before, PollTime now, long catchUpSeconds) {
        if (!now.certain()) {
            return before;
        }
        return new ClockAdjustment(before, now, before.lastScan().secondsTo(now), catchUpSeconds).state();
    }

    private WindowState state() {
        long step = now.recorder() - before.lastScan().recorder() - elapsed;
        if (step < -JITTER) {
            return caughtUpFrom(setBack(step));
        }
        return step > ScanRange.LOOK_BACK ? leapt(step) : caughtUpFrom(before);
    }

    /** When the recorder's clock began to run as it does now: rows of before then were there at the last look. */
    private long since() {
        return now.recorder() - elapsed - JITTER;
    }

    /**
     * What came in right before the step may be hidden by rows that were stamped later, so it is caught up. The floor
     * falls where the clock was surely set back to before it: what is between is not remembered.
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
        boolean believable = now.recorder() < last.recorder() && elapsed < LastScan.MOST_DOUBT;
        return !last.isBeforeRestart() || believable || now.recorder() < before.floor();
    }

    /**
     * The clock may have passed over seconds of which it is not known what was there: after it was set back to before
     * the floor. Nothing of them is new, as far as they cannot have come in since the last look.
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

    /** With what may have come in since the last look before the clock was set, on the clock as it ran then. */
    private Gaps withOldTime(Gaps gaps) {
        long oldest = Math.max(before.floor(), before.completedAt() - ScanRange.LOOK_BACK);
        return gaps.with(Math.max(oldest, oldTimeEnd() - catchUpSeconds - SLACK), oldTimeEnd());
    }

    private long oldTimeEnd() {
        return before.lastScan().recorder() + elapsed + JITTER;
    }

    /** With a gap where nobody looked for longer than a look goes back, as long as may be caught up. */
    private WindowState caughtUpFrom(WindowState state) {
        long edge = now.recorder() - ScanRange.LOOK_BACK;
        boolean blind = state.completedAt() < edge;
        if (!blind && !before.lastScan().isBeforeRestart()) {
            return state;
        }
        long from = Math.max(state.floor(), state.completedAt() - ScanRange.LOOK_BACK);
        long oldest = catchUpSeconds == 0 ? edge : now.recorder() - catchUpSeconds - SLACK;
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
