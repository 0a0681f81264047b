package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.source.Beginning;
import java.time.Duration;
import java.util.Optional;

/**
 * What is new in one stream. Pure: it is told the time and fed pages, and says which query comes next.
 *
 * <p>The recorder gives no cursor and no ids, late rows, identical rows, 20 rows at most, and now and then a wrong
 * answer. So every poll looks at the newest rows again, as far back as late rows may be, and what is new is the
 * difference between two multisets: what is seen now and what was seen before. That costs a request or two per poll of
 * a quiet stream, and 16 bytes for each row of the last day.
 *
 * <p>Two-phase: what a poll found is new again at the next one, until it is committed. Used by one thread at a time.
 */
final class DetectionWindow {

    private final long catchUpSeconds;
    private final Beginning beginning;
    private Optional<WindowState> state;
    private boolean seenUnreadable;

    /**
     * A window onto a stream that is not known yet.
     *
     * @param catchUpMaxAge how far back it goes after a time without a look; nothing switches that off, and then only
     *     the last minute counts
     */
    DetectionWindow(Duration catchUpMaxAge, Beginning beginning) {
        this(catchUpMaxAge, beginning, Optional.empty());
    }

    private DetectionWindow(Duration catchUpMaxAge, Beginning beginning, Optional<WindowState> state) {
        this.catchUpSeconds = catchUpMaxAge.toSeconds();
        this.beginning = beginning;
        this.state = state;
    }

    /** A window that goes on where another one was, as far as it is known. */
    static DetectionWindow resumed(Duration catchUpMaxAge, WindowState state) {
        return new DetectionWindow(catchUpMaxAge, Beginning.AT_NOW, Optional.of(state));
    }

    /** Whether a committed poll had rows that could not be read. */
    boolean hasSeenUnreadable() {
        return seenUnreadable;
    }

    WindowPoll begin(PollTime now) {
        return state.isPresent() ? WindowPoll.next(state, now, catchUpSeconds) : WindowPoll.first(now, beginning);
    }

    /**
     * Remembers what a poll found. A poll can be committed once, and only while no other one was committed since it
     * began; otherwise nothing changes.
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
