package io.lightnvr.mqtt.store;

import io.lightnvr.mqtt.publish.RenderedEvent;
import java.time.Instant;

/**
 * An event with its place in the order of sending.
 *
 * @param id the event's number in the store
 * @param sequence from 1 up, per stream
 * @param added when the store took the event in, by the clock of the store
 * @param delayed whether the event was no longer fresh when it was taken
 */
public record SequencedEvent(long id, long sequence, RenderedEvent event, Instant added, boolean delayed) {}
