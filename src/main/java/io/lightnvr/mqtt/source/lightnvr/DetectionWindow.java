package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.source.Beginning;
import java.time.Duration;
import java.util.Optional;

/**
 * Finds what is new in one stream. Pure: it takes the time and pages, and names the next query.
 *
 * <p>The recorder has no cursor and no ids; it returns late rows, identical rows, at most 20 rows, and now and then a
 * wrong answer. So every poll reads the newest rows again, as far back as late rows may be, and what is new is the
 * difference of two multisets: the rows seen now and those seen before. The price is a request or two per poll of a
 * quiet stream, and 16 bytes for each row of the last day.
 *
 * <p>Two-phase: a poll finds the same rows again until one is committed. For one thread at a time.
 */
final class DetectionWindow {

    private final long catchUpSeconds;
    private final Beginning beginning;
    private Optional<WindowState> state;
    private boolean seenUnreadable;

    /**
     * Creates a window onto a stream without a checkpoint.
     *
     * @param catchUpMaxAge how far to go back after a pause; zero limits that to the last minute
     */
    DetectionWindow(Duration catchUpMaxAge, Beginning beginning) {
        this(catchUpMaxAge, beginning, Optional.empty());
    }

    private DetectionWindow(Duration catchUpMaxAge, Beginning beginning, Optional<WindowState> state) {
        this.catchUpSeconds = catchUpMaxAge.toSeconds();
        this.beginning = beginning;
        this.state = state;
    }

    /** Creates a window that continues from a state. */
    static DetectionWindow resumed(Duration catchUpMaxAge, WindowState state) {
        return new DetectionWindow(catchUpMaxAge, Beginning.AT_NOW, Optional.of(state));
    }

    /** Returns whether a committed poll had unreadable rows. */
    boolean hasSeenUnreadable() {
        return seenUnreadable;
    }

    WindowPoll begin(PollTime now) {
        return state.isPresent() ? WindowPoll.next(state, now, catchUpSeconds) : WindowPoll.first(now, beginning);
    }

    /**
     * Remembers the rows that a poll found. A poll can be committed once, and only if no other one was committed since
     * it began; otherwise nothing changes.
     *
     * @return whether it was committed
     */
    boolean commit(PollResult result) {
        boolean isCurrent = result.before() == state;
        if (isCurrent) {
            state = result.after();
            seenUnreadable |= result.unreadable() > 0;
        }
        return isCurrent;
    }
}
