package io.lightnvr.mqtt.publish;

import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.EventGroups;
import io.lightnvr.mqtt.event.EventSummary;

/**
 * Renders events to the bytes that are published. Thread-safe.
 *
 * @param instanceId part of each event's id, so that two bridges share none
 * @param groups the first group of an event is its type
 */
public record EventRenderer(String instanceId, EventGroups groups) {

    /** Renders everything of an event that is known before it is sent. */
    public RenderedEvent render(DetectionEvent event) {
        String eventId = EventId.of(instanceId, event);
        return new RenderedEvent(
                event.stream(),
                event.second(),
                eventId,
                event.sendableSince(),
                DetectionPayload.bytes(event),
                EnrichedPayload.head(EventSummary.of(event, groups), eventId));
    }
}
