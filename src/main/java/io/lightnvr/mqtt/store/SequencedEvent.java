package io.lightnvr.mqtt.store;

import io.lightnvr.mqtt.publish.Rendered;
import java.time.Instant;

/**
 * An event, or a report of a visit, with its place in the order of sending.
 *
 * @param id its number in the store
 * @param sequence of an event, from 1 up, per stream; a report of a visit has none, and a negative number here
 * @param added when the store took it in, by the clock of the store
 * @param delayed whether it was no longer fresh when it was taken
 */
public record SequencedEvent(long id, long sequence, Rendered event, Instant added, boolean delayed) {}
