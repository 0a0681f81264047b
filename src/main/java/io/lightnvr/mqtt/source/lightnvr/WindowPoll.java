package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.source.Beginning;
import io.lightnvr.mqtt.source.Mark;
import io.lightnvr.mqtt.source.SeenRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * One poll of a stream: a scan of the present and, if something is to be caught up, of one slice of that. It names the
 * next query and takes the answer, until nothing is left to ask for. Changes nothing but itself.
 */
final class WindowPoll {

    private final Optional<WindowState> before;
    private final Optional<WindowState> planned;
    private final PollTime now;
    private final long blindSeconds;
    private final List<NewRow> found = new ArrayList<>();
    private final List<Long> crowded = new ArrayList<>();
    private Optional<WindowState> after;
    private PageScan scan;
    private Gaps earlier = Gaps.NONE;
    private boolean catchingUp;
    private boolean sliceFailed;

    private WindowPoll(
            Optional<WindowState> before,
            Optional<WindowState> planned,
            PollTime now,
            long blindSeconds,
            PageScan scan) {
        this.before = before;
        this.planned = planned;
        this.now = now;
        this.blindSeconds = blindSeconds;
        this.after = before;
        this.scan = scan;
    }

    /** Starts the first poll of a stream. */
    static WindowPoll first(PollTime now, Beginning beginning, long catchUpSeconds) {
        long sinceBeginning = Math.max(0, now.recorder() - beginning.second().orElse(now.recorder()));
        long blind = beginning.isNow() ? sinceBeginning : ScanRange.LOOK_BACK;
        PageScan scan = new PageScan(ScanRange.first(now, beginning), SeenRows.NONE);
        WindowPoll poll = new WindowPoll(Optional.empty(), Optional.empty(), now, blind, scan);
        poll.earlier = earlier(now, beginning, catchUpSeconds);
        return poll;
    }

    /** Returns what is to be caught up of the time before the first scan. */
    private static Gaps earlier(PollTime now, Beginning beginning, long catchUpSeconds) {
        long edge = now.recorder() - ScanRange.LOOK_BACK;
        long first = Math.max(beginning.second().orElse(edge), now.recorder() - catchUpSeconds);
        return first < edge ? new Gaps(List.of(new Gaps.Range(first, edge - 1))) : Gaps.NONE;
    }

    /** Starts a poll of a stream that was polled before. */
    static WindowPoll next(Optional<WindowState> before, PollTime now, long catchUpSeconds) {
        WindowState planned = ClockAdjustment.of(before.orElseThrow(), now, catchUpSeconds);
        LastScan last = planned.lastScan();
        long blind = Math.max(last.secondsTo(now), now.recorder() - last.recorder());
        PageScan scan = new PageScan(ScanRange.regular(planned, now), planned.seen());
        return new WindowPoll(before, Optional.of(planned), now, blind, scan);
    }

    /**
     * Returns the {@code end} of the next query, or nothing if the poll has ended; the first is {@link ScanRange#FAR}.
     */
    OptionalLong nextEnd() {
        return sliceFailed ? OptionalLong.empty() : scan.nextEnd();
    }

    /** Takes the answer to the next query. */
    void page(Page page) {
        if (catchingUp && isOverfull(page)) {
            after = after.map(state -> state.with(state.gaps().shortened()));
            after.ifPresent(this::beginSlice);
            return;
        }
        scan.page(page);
        if (scan.outcome() != PageScan.Outcome.UNDER_WAY) {
            conclude();
        }
    }

    /** Returns whether the present is scanned, so that a failure from now on does not harm it. */
    boolean isCatchingUp() {
        return catchingUp;
    }

    /** Leaves the slice to the next poll. */
    void leaveSlice() {
        sliceFailed = true;
    }

    /** Returns the result; valid once the poll has ended. */
    PollResult result() {
        List<NewRow> news = found.stream()
                .filter(row -> !row.quiet())
                .sorted(NewRow.BY_SECOND)
                .toList();
        List<NewRow> readable =
                news.stream().filter(row -> row.row().content().isPresent()).toList();
        boolean more =
                !sliceFailed && after.stream().anyMatch(state -> !state.gaps().isEmpty());
        int unreadable = news.size() - readable.size();
        return new PollResult(readable, readable, unreadable, crowded, more, now, blindSeconds, before, after);
    }

    /** Returns whether a slice that can be shorter has more rows than one query returns. */
    private boolean isOverfull(Page page) {
        Gaps gaps = after.map(WindowState::gaps).orElse(Gaps.NONE);
        return gaps.canBeShortened()
                && page.isFull()
                && page.oldest() >= gaps.slice().first();
    }

    private void conclude() {
        boolean complete = scan.outcome() == PageScan.Outcome.COMPLETE;
        if (catchingUp) {
            concludeSlice(complete);
        } else if (planned.isEmpty()) {
            after = complete && now.certain() ? Optional.of(first(collect())) : before;
        } else if (scan.outcome() == PageScan.Outcome.GIVEN_UP || !now.certain()) {
            List<Mark> marks = collect();
            after = before.map(state -> state.plus(marks));
        } else {
            List<Mark> marks = collect();
            after = planned.map(state -> state.scanned(now, complete, ScanRange.isSweep(state, now), marks));
            after.filter(state -> !state.gaps().isEmpty()).ifPresent(this::beginSlice);
        }
    }

    private WindowState first(List<Mark> marks) {
        return WindowState.first(now, now.recorder() - ScanRange.LOOK_BACK, scan.hiddenBelow(), marks)
                .with(earlier);
    }

    private void beginSlice(WindowState state) {
        catchingUp = true;
        scan = new PageScan(ScanRange.slice(state.gaps()), state.seen());
    }

    private void concludeSlice(boolean complete) {
        sliceFailed = !complete;
        boolean tookOneQuery = scan.tookOneQuery();
        List<Mark> marks = collect();
        after = after.map(
                state -> complete ? state.caughtUp(state.gaps().withoutSlice(tookOneQuery), marks) : state.plus(marks));
    }

    /** Collects what the scan found. */
    private List<Mark> collect() {
        List<NewRow> rows = scan.newRows();
        List<Long> tooFull = scan.crowdedSeconds();
        found.addAll(rows);
        tooFull.stream().filter(second -> !scan.isQuiet(second)).forEach(crowded::add);
        Stream<Mark> read = rows.stream().map(NewRow::mark);
        Stream<Mark> quiet =
                rows.stream().filter(NewRow::quiet).map(NewRow::mark).map(Fingerprint::quiet);
        return Stream.of(read, quiet, tooFull.stream().map(Fingerprint::crowded))
                .flatMap(marks -> marks)
                .toList();
    }
}
