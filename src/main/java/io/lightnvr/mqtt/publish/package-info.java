/**
 * Renders what the bridge publishes: topics, event ids and payloads, byte by byte. Pure: no I/O, no clock, no thread.
 *
 * <p>Imports {@code event} and {@code broker}.
 */
package io.lightnvr.mqtt.publish;
