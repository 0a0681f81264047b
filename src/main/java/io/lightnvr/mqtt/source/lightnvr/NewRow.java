package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.event.Detection;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.event.Zone;
import io.lightnvr.mqtt.source.Mark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;

/**
 * A row that was not seen before.
 *
 * @param occurrence 1 for the first of identical rows in one second, 2 for the second, and so on
 * @param quiet whether to remember it without an event, because it existed before it could be seen
 */
record NewRow(Row row, int occurrence, boolean quiet) {

    static final Comparator<NewRow> BY_SECOND =
            Comparator.comparingLong(found -> found.row().second());

    /** Groups rows into events, one for each second, the oldest first. */
    static List<DetectionEvent> events(
            StreamName stream, List<NewRow> rows, List<Zone> zones, LongFunction<Instant> sendableSince) {
        Map<Long, List<Detection>> bySecond = new TreeMap<>();
        rows.forEach(found -> bySecond.computeIfAbsent(found.row().second(), second -> new ArrayList<>())
                .add(found.detection(zones)));
        return bySecond.entrySet().stream()
                .map(event -> new DetectionEvent(
                        stream, event.getKey(), event.getValue(), sendableSince.apply(event.getKey())))
                .toList();
    }

    /** Converts this row, which must be readable; its zone is the one that the recorder itself names by its id, else that of its box. */
    Detection detection(List<Zone> zones) {
        Row.Content content = row.content().orElseThrow();
        String zone = content.zone().isEmpty()
                ? Zone.nameFor(zones, content.label(), content.confidence(), content.box())
                : Zone.nameOf(zones, content.zone());
        return new Detection(content.label(), content.confidence(), content.box(), content.trackId(), zone, occurrence);
    }

    /** Returns the identity of its content. */
    Mark mark() {
        return row.mark();
    }
}
