package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.event.Zone;
import io.lightnvr.mqtt.source.Checkpoint;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The result of one poll of a stream's window.
 *
 * @param rows the new rows that are readable, the oldest first
 * @param read the same with those that were heard before
 * @param unreadable the number of new rows that are not readable
 * @param crowded the seconds newly found to have more rows than can be fetched, in ascending order
 * @param more whether more is known to wait
 * @param begun when the poll began
 * @param blindSeconds how long the stream had not been scanned
 * @param before the state before; empty at the first poll
 * @param after the state after a commit
 */
record PollResult(
        List<NewRow> rows,
        List<NewRow> read,
        int unreadable,
        List<Long> crowded,
        boolean more,
        PollTime begun,
        long blindSeconds,
        Optional<WindowState> before,
        Optional<WindowState> after) {

    private static final long BLIND_SECONDS = 15;
    private static final long FRESH_SECONDS = 5;

    PollResult {
        rows = List.copyOf(rows);
        read = List.copyOf(read);
        crowded = List.copyOf(crowded);
    }

    /** Returns the checkpoint to store with this poll. */
    Optional<Checkpoint> checkpoint() {
        return after.map(WindowStateCodec::checkpoint);
    }

    /** This result with the rows that are new now, between other states. */
    PollResult settled(List<NewRow> unheard, Optional<WindowState> newBefore, Optional<WindowState> newAfter) {
        return new PollResult(unheard, read, unreadable, crowded, more, begun, blindSeconds, newBefore, newAfter);
    }

    /** Groups the new rows into events, one for each second. */
    List<DetectionEvent> events(StreamName stream, List<Zone> zones) {
        return NewRow.events(stream, rows, zones, this::sendableSince);
    }

    /**
     * Returns when the rows of a second could first have been sent, on the bridge's clock: when the poll began, or, if
     * they come late, when they happened. They are late if the stream was not polled for a while, or if the recorder
     * wrote them later than it ever writes a live detection.
     */
    Instant sendableSince(long second) {
        long age = begun.recorder() - second;
        return isLate(age) ? begun.bridge().minusSeconds(age) : begun.bridge();
    }

    private boolean isLate(long age) {
        boolean overlooked = age >= ScanRange.LOOK_BACK || blindSeconds > BLIND_SECONDS && age > FRESH_SECONDS;
        return overlooked || begun.certain() && age > ScanRange.LATEST_WRITTEN;
    }
}
