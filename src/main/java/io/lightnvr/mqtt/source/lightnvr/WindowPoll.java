package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.source.Mark;
import io.lightnvr.mqtt.source.SeenRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * One poll of a stream: a look at the present and, where there is something to catch up, one slice of that. Says what
 * to ask for next and is fed the answer, until there is nothing more to ask for. Changes nothing but itself.
 */
final class WindowPoll {

    private final Optional<WindowState> before;
    private final Optional<WindowState> planned;
    private final Moment now;
    private final List<Found> found = new ArrayList<>();
    private final List<Long> crowded = new ArrayList<>();
    private Optional<WindowState> after;
    private Look look;
    private boolean catchingUp;
    private boolean sliceFailed;

    WindowPoll(Optional<WindowState> before, Moment now, long catchUpSeconds) {
        this.before = before;
        this.now = now;
        this.after = before;
        this.planned = before.map(state -> state.at(now, catchUpSeconds));
        this.look = planned.map(state -> new Look(LookRange.regular(state, now), state.seen()))
                .orElseGet(() -> new Look(LookRange.baseline(now), SeenRows.NONE));
    }

    /** The {@code end} of the next query, or nothing when the poll has ended; the first is {@link LookRange#FAR}. */
    OptionalLong nextEnd() {
        return sliceFailed ? OptionalLong.empty() : look.nextEnd();
    }

    /** Takes the answer to the query that was next. */
    void page(Page page) {
        look.page(page);
        if (look.outcome() != Look.Outcome.UNDER_WAY) {
            conclude();
        }
    }

    /** Whether the present was seen, so that a failure from now on does no harm to it. */
    boolean isCatchingUp() {
        return catchingUp;
    }

    /** Leaves the slice for the next poll. */
    void leaveSlice() {
        sliceFailed = true;
    }

    /** What was found; valid when the poll has ended. */
    Findings findings() {
        List<Found> news = found.stream()
                .filter(row -> !row.quiet())
                .sorted(Found.BY_SECOND)
                .toList();
        List<Found> readable =
                news.stream().filter(row -> row.row().sight().isPresent()).toList();
        boolean more =
                !sliceFailed && after.stream().anyMatch(state -> !state.gap().isEmpty());
        int unreadable = news.size() - readable.size();
        return new Findings(readable, unreadable, crowded, more, now, blindSeconds(), before, after);
    }

    private long blindSeconds() {
        return before.map(WindowState::lastLook)
                .map(last -> Math.max(now.secondsSince(last), now.recorder() - last.recorder()))
                .orElse(0L);
    }

    private void conclude() {
        boolean complete = look.outcome() == Look.Outcome.COMPLETE;
        if (before.isEmpty()) {
            after = complete && now.certain() ? Optional.of(baseline()) : before;
            return;
        }
        List<Mark> marks = note(look.found(), look.crowdedSeconds());
        if (catchingUp) {
            concludeSlice(complete, marks);
        } else if (look.outcome() == Look.Outcome.GIVEN_UP || !now.certain()) {
            after = before.map(state -> state.plus(marks));
        } else {
            after = planned.map(state -> state.looked(now, complete, LookRange.isSweep(state, now), marks));
            after.filter(state -> !state.gap().isEmpty()).ifPresent(this::beginSlice);
        }
    }

    private WindowState baseline() {
        List<Mark> marks = marks(look.found(), look.crowdedSeconds());
        return WindowState.baseline(now, now.recorder() - LookRange.LOOK_BACK, look.hiddenBelow(), marks);
    }

    private void beginSlice(WindowState state) {
        catchingUp = true;
        look = new Look(LookRange.slice(state.gap()), state.seen());
    }

    private void concludeSlice(boolean complete, List<Mark> marks) {
        sliceFailed = !complete;
        after = after.map(state -> complete ? state.caughtUp(marks) : state.plus(marks));
    }

    private List<Mark> note(List<Found> rows, List<Long> tooFull) {
        found.addAll(rows);
        crowded.addAll(tooFull);
        return marks(rows, tooFull);
    }

    private static List<Mark> marks(List<Found> rows, List<Long> tooFull) {
        return Stream.concat(
                        rows.stream().map(row -> row.row().mark()),
                        tooFull.stream().map(Fingerprint::crowded))
                .toList();
    }
}
