package io.lightnvr.mqtt.store;

import io.lightnvr.mqtt.publish.RenderedEvent;

/**
 * An event that has its place in the order of sending.
 *
 * @param id the store's own
 * @param sequence from 1 up, per stream
 */
public record Numbered(long id, long sequence, RenderedEvent event) {}
