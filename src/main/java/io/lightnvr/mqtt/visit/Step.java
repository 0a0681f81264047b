package io.lightnvr.mqtt.visit;

import java.util.List;

/**
 * What an event or the time changes: the new state and the reports belong together; to drop one is to drop both.
 *
 * @param after the new state
 * @param reports what is to be told, in this order
 */
public record Step(StreamVisits after, List<VisitReport> reports) {

    public Step {
        reports = List.copyOf(reports);
    }

    static Step silent(StreamVisits after) {
        return new Step(after, List.of());
    }
}
