/**
 * Visits: what a person wants to be told once, from the first event to the clear time after the last one, without what stands
 * still. Pure: events and times in, values out; no I/O, no clock, no thread.
 *
 * <p>Imports {@code event} only.
 */
package io.lightnvr.mqtt.visit;
