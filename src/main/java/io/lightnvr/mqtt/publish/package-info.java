/**
 * What the bridge publishes: topics, and events as bytes. Pure: no I/O, no clock, no thread.
 *
 * <p>Imports {@code event} and {@code broker}.
 */
package io.lightnvr.mqtt.publish;
