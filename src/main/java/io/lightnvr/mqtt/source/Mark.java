package io.lightnvr.mqtt.source;

/**
 * Identifies a row that was seen, by its second and a fingerprint of its content.
 *
 * @param second epoch seconds on the source's clock
 * @param fingerprint a hash of the row's content, the same in every process
 */
public record Mark(long second, long fingerprint) {}
