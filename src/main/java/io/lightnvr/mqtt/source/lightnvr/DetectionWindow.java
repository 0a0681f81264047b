package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.source.Agreement;
import io.lightnvr.mqtt.source.Beginning;
import io.lightnvr.mqtt.source.Checkpoint;
import io.lightnvr.mqtt.source.Mark;
import io.lightnvr.mqtt.source.SeenRows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds what is new in one stream, whether it is read or heard. Pure: it takes the time, pages and events, and names the
 * next query.
 *
 * <p>The recorder has no cursor and no ids; it returns late rows, identical rows, at most 20 rows, and now and then a
 * wrong answer. So every poll reads the newest rows again, as far back as late rows may be, and what is new is the
 * difference of two multisets: the rows seen now and those seen before. The price is a request or two per poll of a
 * quiet stream, and 16 bytes for each row of the last day.
 *
 * <p>LightNVR 0.38.1 and later also publishes its rows as events, each at least once. An event's detections and the rows
 * are the same multiset, so the window counts both for each second and content, and what was published is the larger of
 * the two counts: whichever comes first is published, and nothing twice.
 *
 * <p>Two-phase: a poll finds the same rows again until one is committed, and so does a heard event. One thread at a time
 * polls; whoever stores what was found holds off the others from {@link #settle} or {@link #hear} to the commit.
 */
final class DetectionWindow {

    private static final long MOST_AHEAD = 86_400;

    private final long catchUpSeconds;
    private final Beginning beginning;
    private final HeardAndRead comparison = new HeardAndRead();

    /** What is known from rows, and from events beside them; empty until rows were read. */
    private Optional<WindowState> state;

    /** What the poll that is under way began with, but for events. */
    private Optional<WindowState> base;

    /** What is known from events while no row was read. */
    private SeenRows heard;

    private boolean seenUnreadable;

    /**
     * Creates a window onto a stream without a checkpoint.
     *
     * @param catchUpMaxAge how far to go back after a pause; zero limits that to the last minute
     */
    DetectionWindow(Duration catchUpMaxAge, Beginning beginning) {
        this(catchUpMaxAge, beginning, Optional.empty(), SeenRows.NONE);
    }

    private DetectionWindow(Duration catchUpMaxAge, Beginning beginning, Optional<WindowState> state, SeenRows heard) {
        this.catchUpSeconds = catchUpMaxAge.toSeconds();
        this.beginning = beginning;
        this.state = state;
        this.base = state;
        this.heard = heard;
    }

    /**
     * Creates a window that continues from a checkpoint.
     *
     * @param beginning where to start reading if rows were only ever heard
     * @return nothing if the checkpoint is damaged or of another version
     */
    static Optional<DetectionWindow> resumed(Duration catchUpMaxAge, Beginning beginning, Checkpoint checkpoint) {
        if (WindowStateCodec.isHeardOnly(checkpoint)) {
            return Optional.of(new DetectionWindow(catchUpMaxAge, beginning, Optional.empty(), checkpoint.seen()));
        }
        return WindowStateCodec.read(checkpoint)
                .map(state -> new DetectionWindow(catchUpMaxAge, beginning, Optional.of(state), SeenRows.NONE));
    }

    /** Returns whether a committed poll had unreadable rows. */
    boolean hasSeenUnreadable() {
        return seenUnreadable;
    }

    synchronized WindowPoll begin(PollTime now) {
        base = state;
        return state.isPresent()
                ? WindowPoll.next(state, now, catchUpSeconds)
                : WindowPoll.first(now, beginning, catchUpSeconds);
    }

    /**
     * Adds to a poll's result what was heard since the poll began: what was published on hearing is not new any more.
     *
     * @return the same result if another poll was committed since it began, so that it cannot be committed
     */
    synchronized PollResult settle(PollResult result) {
        if (result.before() != base) {
            return result;
        }
        SeenRows known = known();
        List<NewRow> unheard = result.read().stream()
                .filter(row -> row.occurrence() > known.count(Fingerprint.heard(row.mark())))
                .toList();
        List<Mark> meanwhile = known.minus(base.map(WindowState::seen).orElse(SeenRows.NONE));
        return result.settled(unheard, state, result.after().map(after -> after.plus(meanwhile)));
    }

    /**
     * Remembers the rows that a poll found. A poll can be committed once, and only if no other one was committed since
     * it began; otherwise nothing changes.
     *
     * @return whether it was committed
     */
    synchronized boolean commit(PollResult result) {
        boolean isCurrent = result.before() == state;
        if (isCurrent) {
            state = result.after();
            base = state;
            heard = state.isPresent() ? SeenRows.NONE : heard;
            seenUnreadable |= result.unreadable() > 0;
            comparison.read(result.read(), result.begun());
        }
        return isCurrent;
    }

    /** Returns how what was heard and what was read agree, since the last call. */
    synchronized Agreement takeAgreement(long nanos) {
        return state.map(reading -> comparison.take(reading, nanos)).orElse(Agreement.NOTHING);
    }

    /** Finds what is new in events, in their order. */
    synchronized HeardResult hear(List<HeardFrame> frames, PollTime now) {
        SeenRows before = known();
        SeenRows after = before;
        List<NewRow> heard = new ArrayList<>();
        int unreadable = 0;
        boolean isClockInDoubt = false;
        for (HeardFrame frame : frames) {
            if (after.count(frame.idMark()) > 0) {
                continue;
            }
            isClockInDoubt |= !now.isNear(frame.second());
            if (isTooOld(frame.second(), now) || isAbsurd(frame.second(), now)) {
                continue;
            }
            unreadable += frame.unreadable();
            after = hear(frame, after, heard);
        }
        return new HeardResult(heard, unreadable, isClockInDoubt, now, before, after);
    }

    private static SeenRows hear(HeardFrame frame, SeenRows known, List<NewRow> found) {
        List<Mark> marks = new ArrayList<>(List.of(frame.idMark()));
        Map<Mark, Integer> counts = new HashMap<>();
        for (Row.Content content : frame.contents()) {
            Row row = Row.of(frame.second(), content);
            Mark mark = Fingerprint.heard(row.mark());
            int occurrence = known.count(mark) + counts.merge(mark, 1, Integer::sum);
            found.add(new NewRow(row, occurrence, occurrence <= published(row.mark(), known)));
            marks.add(mark);
        }
        return known.plus(marks);
    }

    /** No clock is a day ahead of the time that its own recorder tells. */
    private static boolean isAbsurd(long second, PollTime now) {
        return now.certain() && second > now.recorder() + MOST_AHEAD;
    }

    /** Returns how many of the rows that were read have an event. */
    private static int published(Mark row, SeenRows known) {
        return known.count(row) - known.count(Fingerprint.quiet(row));
    }

    /**
     * Older detections are published when their rows are read, or not at all: whether their event came before is
     * forgotten. The floor of what is read does not count here: what is heard from below it was not published, and
     * comes when the recorder's clock was set back.
     */
    private boolean isTooOld(long second, PollTime now) {
        if (state.stream().anyMatch(reading -> reading.gaps().contains(second))) {
            return false;
        }
        long remembered =
                state.map(WindowState::remembersFrom).orElseGet(() -> WindowState.remembersFrom(heard, now.recorder()));
        return second < remembered || now.certain() && second < ClockAdjustment.oldest(now, catchUpSeconds);
    }

    /** Remembers what was heard, once. */
    synchronized void commit(HeardResult result) {
        if (known() == result.before()) {
            comparison.heard(result.heard(), result.heardAt());
            if (state.isPresent()) {
                state = state.map(reading -> reading.withSeen(result.after()));
            } else {
                heard = WindowState.newest(result.after(), result.heardAt());
            }
        }
    }

    /** Adds what another window has heard. */
    void absorb(DetectionWindow other) {
        SeenRows theirs = other.heardMarks();
        synchronized (this) {
            List<Mark> more = theirs.minus(known());
            if (state.isPresent()) {
                state = state.map(reading -> reading.plus(more));
            } else {
                heard = heard.plus(more);
            }
        }
    }

    private synchronized SeenRows heardMarks() {
        return known();
    }

    /** Returns the checkpoint to store with what was heard. */
    synchronized Checkpoint checkpoint(HeardResult result) {
        return state.map(reading -> WindowStateCodec.checkpoint(reading.withSeen(result.after())))
                .orElseGet(() -> WindowStateCodec.heardOnly(WindowState.newest(result.after(), result.heardAt())));
    }

    private SeenRows known() {
        return state.map(WindowState::seen).orElse(heard);
    }
}
