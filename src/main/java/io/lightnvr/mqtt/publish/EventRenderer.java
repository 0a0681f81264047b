package io.lightnvr.mqtt.publish;

import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.EventGroups;
import io.lightnvr.mqtt.event.EventSummary;

/**
 * Turns events into what is published. Safe for any thread.
 *
 * @param instanceId tells this bridge's events from those of others
 * @param groups what events are named after
 */
public record EventRenderer(String instanceId, EventGroups groups) {

    /** An event with everything that can be computed before it is sent. */
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
