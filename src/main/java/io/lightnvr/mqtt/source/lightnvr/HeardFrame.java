package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.HeardDetections;
import io.lightnvr.mqtt.source.Mark;
import java.util.List;
import java.util.Optional;

/**
 * The detections of one event that the recorder published: the rows that it stored in one transaction, after its filters.
 *
 * @param cameraUuid the identity of its camera, if the event names it
 * @param second when they were detected, on the recorder's clock, in epoch seconds
 * @param id a hash of the event's source and id, which stay the same when the recorder sends the event again
 * @param contents at least one, in the event's order
 * @param unreadable the number of detections that were skipped
 */
record HeardFrame(
        StreamName stream,
        Optional<String> cameraUuid,
        long second,
        long id,
        List<Row.Content> contents,
        int unreadable)
        implements HeardDetections {

    HeardFrame {
        contents = List.copyOf(contents);
    }

    /** Marks this event as heard. */
    Mark idMark() {
        return new Mark(second, id);
    }
}
