/**
 * What each stream shows now: how many of what, where, and until when. Pure: events and times in, values out; no I/O,
 * no clock, no thread.
 *
 * <p>Imports {@code event} only.
 */
package io.lightnvr.mqtt.state;
