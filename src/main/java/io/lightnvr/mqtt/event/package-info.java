/**
 * The vocabulary: streams, detections, events, zones, groups, and what is done to names and texts. Values only; no I/O,
 * no clock, no thread.
 *
 * <p>Imports no other package of the bridge.
 */
package io.lightnvr.mqtt.event;
