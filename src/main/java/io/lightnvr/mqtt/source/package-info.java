/**
 * The port to a recorder: its streams, its detections and, optionally, its events, pictures, clock and settings. {@code
 * source.lightnvr} implements it.
 *
 * <p>Imports {@code event} only.
 */
package io.lightnvr.mqtt.source;
