package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.source.Agreement;
import io.lightnvr.mqtt.source.Mark;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Compares what was heard of a stream with what was read: detections that came one way wait here for the other. Not
 * thread-safe, and not kept over a restart.
 */
final class HeardAndRead {

    private static final int MOST = 1_000;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Map<Detected, Long> heard = new LinkedHashMap<>();
    private final Map<Detected, Long> read = new LinkedHashMap<>();
    private int confirmed;

    private record Detected(Mark mark, int occurrence) {}

    /**
     * Takes detections that were heard, of which those that were read before are not new. One that comes late, or was
     * heard while the recorder's clock stood elsewhere, may be in no range that polls read: nobody waits for its row.
     */
    void heard(List<NewRow> rows, PollTime now) {
        rows.forEach(row -> match(row, read, heard, now));
    }

    /** Takes rows that were read for the first time. Of old ones, nothing need be heard. */
    void read(List<NewRow> rows, PollTime now) {
        rows.forEach(row -> match(row, heard, read, now));
    }

    private void match(NewRow row, Map<Detected, Long> others, Map<Detected, Long> own, PollTime now) {
        Detected detected = new Detected(row.mark(), row.occurrence());
        if (others.remove(detected) != null) {
            confirmed++;
        } else if (now.isNear(row.row().second())) {
            own.put(detected, now.nanos());
        }
        if (own.size() > MOST) {
            own.remove(own.keySet().iterator().next());
        }
    }

    /** Returns what is new since the last call. */
    Agreement take(WindowState state, long nanos) {
        int unheard = drop(read, (detected, since) -> nanos - since >= PATIENCE_NANOS);
        int unconfirmed =
                drop(heard, (detected, since) -> detected.mark().second() + ScanRange.LOOK_BACK <= state.completedAt());
        Agreement agreement = new Agreement(confirmed, unheard, unconfirmed);
        confirmed = 0;
        return agreement;
    }

    private interface Overdue {
        boolean is(Detected detected, long since);
    }

    private static int drop(Map<Detected, Long> waiting, Overdue overdue) {
        int dropped = 0;
        for (Iterator<Map.Entry<Detected, Long>> each = waiting.entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<Detected, Long> entry = each.next();
            if (overdue.is(entry.getKey(), entry.getValue())) {
                each.remove();
                dropped++;
            }
        }
        return dropped;
    }
}
