package io.lightnvr.mqtt.source;

/**
 * What is remembered of a row: its second and its fingerprint.
 *
 * @param second epoch seconds on the source's clock
 * @param fingerprint stands for the row's content, the same in every process
 */
public record Mark(long second, long fingerprint) {}
