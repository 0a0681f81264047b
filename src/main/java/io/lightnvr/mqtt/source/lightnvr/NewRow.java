package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.event.Detection;
import io.lightnvr.mqtt.event.Zone;
import java.util.Comparator;
import java.util.List;

/**
 * A row that was not seen before.
 *
 * @param occurrence 1 for the first of identical rows in one second, 2 for the second, and so on
 * @param quiet whether to remember it without an event, because it existed before it could be seen
 */
record NewRow(Row row, int occurrence, boolean quiet) {

    static final Comparator<NewRow> BY_SECOND =
            Comparator.comparingLong(found -> found.row().second());

    /** Converts this row, which must be readable; its zone is the one that the recorder names, else that of its box. */
    Detection detection(List<Zone> zones) {
        Row.Content content = row.content().orElseThrow();
        String zone = content.zone().isEmpty()
                ? Zone.nameFor(zones, content.label(), content.confidence(), content.box())
                : content.zone();
        return new Detection(content.label(), content.confidence(), content.box(), content.trackId(), zone, occurrence);
    }
}
