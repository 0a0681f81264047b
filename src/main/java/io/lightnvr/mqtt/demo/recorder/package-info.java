/**
 * A simulated LightNVR 0.37.2: its HTTP API on the loopback, with the shape of its answers to the byte, and what can go
 * wrong with it at the turn of a switch. For the demo and for tests.
 *
 * <p>{@link io.lightnvr.mqtt.demo.recorder.SimulatedRecorder} is the server; what it holds is in {@link
 * io.lightnvr.mqtt.demo.recorder.SimulatedRows} and {@link io.lightnvr.mqtt.demo.recorder.SimulatedStreams}, which may be
 * changed at any time.
 */
package io.lightnvr.mqtt.demo.recorder;
