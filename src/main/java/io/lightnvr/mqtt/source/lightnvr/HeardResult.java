package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.event.Zone;
import io.lightnvr.mqtt.source.SeenRows;
import java.time.Instant;
import java.util.List;

/**
 * What is new in events that the recorder published.
 *
 * @param heard the detections of events that were not heard before; quiet ones were read before
 * @param unreadable the number of detections that were skipped
 * @param isClockInDoubt whether there were events of another time than now; a poll shows whether the recorder's clock was
 *     set, and finds the rows of events that are older than the window's memory
 * @param heardAt when the events were heard
 * @param before what was known before
 * @param after what is known after a commit
 */
record HeardResult(
        List<NewRow> heard, int unreadable, boolean isClockInDoubt, PollTime heardAt, SeenRows before, SeenRows after) {

    HeardResult {
        heard = List.copyOf(heard);
    }

    /** Groups the new detections into events, one for each second. */
    List<DetectionEvent> events(StreamName stream, List<Zone> zones) {
        List<NewRow> rows = heard.stream().filter(row -> !row.quiet()).toList();
        return NewRow.events(stream, rows, zones, this::sendableSince);
    }

    /**
     * A detection that is heard later than the recorder ever writes a live one counts from when it happened; while the recorder's
     * clock is not known for certain, one that is older than any live one by far.
     */
    private Instant sendableSince(long second) {
        long age = heardAt.recorder() - second;
        boolean isLate = age >= ScanRange.LOOK_BACK || heardAt.certain() && age > ScanRange.LATEST_WRITTEN;
        return isLate ? heardAt.bridge().minusSeconds(age) : heardAt.bridge();
    }
}
