package io.lightnvr.mqtt.publish;

import io.lightnvr.mqtt.event.StreamName;
import java.time.Instant;

/** What is published of a stream once, in the order in which it came: an event, or a report of a visit. */
public sealed interface Rendered permits RenderedEvent, RenderedVisit {

    StreamName stream();

    /** When it could first have been sent, by the clock by which events grow old. */
    Instant sendableSince();

    /** How many bytes its payloads have. */
    int size();
}
