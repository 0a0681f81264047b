package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.event.Detection;
import io.lightnvr.mqtt.event.Zone;
import java.util.Comparator;
import java.util.List;

/**
 * A row that was not known before.
 *
 * @param occurrence 1 for the first of identical rows in one second, 2 for the second, and so on
 * @param quiet whether it is to be remembered only: it was there before we could have seen it
 */
record NewRow(Row row, int occurrence, boolean quiet) {

    static final Comparator<NewRow> BY_SECOND =
            Comparator.comparingLong(found -> found.row().second());

    /** This row, which must be readable, as a detection: in the zone that the recorder names, else in that of its box. */
    Detection detection(List<Zone> zones) {
        Row.Content content = row.content().orElseThrow();
        String zone = content.zone().isEmpty()
                ? Zone.nameFor(zones, content.label(), content.confidence(), content.box())
                : content.zone();
        return new Detection(content.label(), content.confidence(), content.box(), content.trackId(), zone, occurrence);
    }
}
