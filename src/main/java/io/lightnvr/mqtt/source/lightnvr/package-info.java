/**
 * LightNVR as the source: its HTTP interface, its clock and its peculiarities.
 *
 * <p>{@link io.lightnvr.mqtt.source.lightnvr.LightNvrSource} is the port; {@code DetectionWindow} decides, without any
 * I/O, what to ask for and what of the answers is new; {@code LightNvrClient} asks.
 *
 * <p>Imports {@code event} and {@code source}.
 */
package io.lightnvr.mqtt.source.lightnvr;
