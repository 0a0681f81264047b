package io.lightnvr.mqtt.store;

import io.lightnvr.mqtt.publish.RenderedEvent;
import java.time.Instant;

/**
 * An event that has its place in the order of sending.
 *
 * @param id the store's own
 * @param sequence from 1 up, per stream
 * @param added when the store got it
 * @param heldBack whether it was no longer fresh when it was taken
 */
public record SequencedEvent(long id, long sequence, RenderedEvent event, Instant added, boolean heldBack) {}
