package io.lightnvr.mqtt.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Reports of visits that wait a moment for the picture of which they tell, so that whoever hears the report finds the picture.
 * They are still in the outbox. Not thread-safe; times are nanoseconds of a monotonic clock.
 */
final class HeldReports {

    private final Pictures pictures;
    private final List<OutgoingEvent> held = new ArrayList<>();

    HeldReports(Pictures pictures) {
        this.pictures = pictures;
    }

    /** Holds a report that is to be sent next, if its picture is expected. */
    boolean isToWait(OutgoingEvent report, long now) {
        boolean isToWait = pictures.waitNanos(report.stream(), now) > 0;
        if (isToWait) {
            held.add(report);
        }
        return isToWait;
    }

    /** The reports that wait no longer. */
    List<OutgoingEvent> takeDue(long now) {
        List<OutgoingEvent> due = held.stream()
                .filter(report -> pictures.waitNanos(report.stream(), now) == 0)
                .toList();
        held.removeAll(due);
        return due;
    }

    /** How long until the next report waits no longer. */
    OptionalLong waitNanos(long now) {
        return Waits.shortest(held.stream().mapToLong(report -> pictures.waitNanos(report.stream(), now)));
    }
}
