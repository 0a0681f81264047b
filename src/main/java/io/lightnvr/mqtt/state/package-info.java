/**
 * The current state of each stream: how many of what are present, where, and until when. Pure: events and times in, values
 * out; no I/O, no clock, no thread.
 *
 * <p>Imports {@code event} only.
 */
package io.lightnvr.mqtt.state;
