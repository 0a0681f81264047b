/**
 * What the bridge speaks about: streams, detections, events, zones. Values only; no I/O, no clock, no thread.
 *
 * <p>Imports no other package of the bridge.
 */
package io.lightnvr.mqtt.event;
