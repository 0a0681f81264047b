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
    private static final long CAUGHT_UP_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final Map<Detected, Waiting> heard = new LinkedHashMap<>();
    private final Map<Detected, Waiting> read = new LinkedHashMap<>();
    private int confirmed;

    private record Detected(Mark mark, int occurrence) {}

    /** @param isLive whether it was detected about when it came, by the recorder's clock */
    private record Waiting(long since, boolean isLive) {}

    /**
     * Takes detections that were heard, of which those that were read before are not new. The row of one that comes late,
     * or was heard while the recorder's clock stood elsewhere, may take a while to be read.
     */
    void heard(List<NewRow> rows, PollTime now) {
        rows.forEach(row -> match(row, read, heard, now, true));
    }

    /** Takes rows that were read for the first time. Of old ones, nothing need be heard. */
    void read(List<NewRow> rows, PollTime now) {
        rows.forEach(row -> match(row, heard, read, now, now.isNear(row.row().second())));
    }

    private void match(
            NewRow row, Map<Detected, Waiting> others, Map<Detected, Waiting> own, PollTime now, boolean mustMatch) {
        Detected detected = new Detected(row.mark(), row.occurrence());
        if (others.remove(detected) != null) {
            confirmed++;
        } else if (mustMatch && !row.quiet()) {
            own.put(detected, new Waiting(now.nanos(), now.isNear(row.row().second())));
        }
        if (own.size() > MOST) {
            own.remove(own.keySet().iterator().next());
        }
    }

    /** Returns what is new since the last call. */
    Agreement take(WindowState state, long nanos) {
        int unheard = drop(read, (detected, waiting) -> nanos - waiting.since() >= PATIENCE_NANOS);
        int unconfirmed = drop(heard, (detected, waiting) -> isUnconfirmed(detected, waiting, nanos, state));
        Agreement agreement = new Agreement(confirmed, unheard, unconfirmed);
        confirmed = 0;
        return agreement;
    }

    /** A scan has covered its second, or, of one that was late, there was time enough to catch that up. */
    private static boolean isUnconfirmed(Detected detected, Waiting waiting, long nanos, WindowState state) {
        return waiting.isLive()
                ? detected.mark().second() + ScanRange.LOOK_BACK <= state.completedAt()
                : nanos - waiting.since() >= CAUGHT_UP_NANOS;
    }

    private interface Overdue {
        boolean is(Detected detected, Waiting waiting);
    }

    private static int drop(Map<Detected, Waiting> waiting, Overdue overdue) {
        int dropped = 0;
        for (Iterator<Map.Entry<Detected, Waiting>> each = waiting.entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<Detected, Waiting> entry = each.next();
            if (overdue.is(entry.getKey(), entry.getValue())) {
                each.remove();
                dropped++;
            }
        }
        return dropped;
    }
}
