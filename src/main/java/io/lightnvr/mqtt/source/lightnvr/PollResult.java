package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.event.Detection;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.event.Zone;
import io.lightnvr.mqtt.source.Checkpoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a poll of one stream found.
 *
 * @param rows the new rows that could be read, the oldest first
 * @param unreadable how many new rows could not be read
 * @param crowded the seconds newly found to have more rows than can be fetched, in ascending order
 * @param more whether more is known to wait
 * @param begun when the poll began
 * @param blindSeconds how long there had been no look before
 * @param before what was known; nothing before the first look
 * @param after what is known once this is taken
 */
record PollResult(
        List<NewRow> rows,
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
        crowded = List.copyOf(crowded);
    }

    /** How far the stream is read once this is taken. */
    Optional<Checkpoint> checkpoint() {
        return after.map(WindowStateCodec::checkpoint);
    }

    /** The new rows as events, one for each second. */
    List<DetectionEvent> events(StreamName stream, List<Zone> zones) {
        Map<Long, List<Detection>> bySecond = new TreeMap<>();
        rows.forEach(found -> bySecond.computeIfAbsent(found.row().second(), second -> new ArrayList<>())
                .add(found.detection(zones)));
        return bySecond.entrySet().stream()
                .map(event ->
                        new DetectionEvent(stream, event.getKey(), event.getValue(), sendableSince(event.getKey())))
                .toList();
    }

    /**
     * When the rows of a second could first have been sent, on our clock: when the poll began, or when they happened, if
     * they came late. They are late when nobody polled for a while, and when the recorder wrote them later than it ever
     * writes a live detection.
     */
    Instant sendableSince(long second) {
        long age = begun.recorder() - second;
        return isLate(age) ? begun.ours().minusSeconds(age) : begun.ours();
    }

    private boolean isLate(long age) {
        boolean overlooked = age >= ScanRange.LOOK_BACK || blindSeconds > BLIND_SECONDS && age > FRESH_SECONDS;
        return overlooked || begun.certain() && age > ScanRange.LATEST_WRITTEN;
    }
}
