/**
 * A simulated LightNVR of two generations: 0.37.2, with answers that are the real one's to the byte, and 0.47, as its documents
 * describe it; its HTTP API on the loopback, what it publishes over MQTT, and faults that tests switch on. For the demo and for tests.
 *
 * <p>{@link io.lightnvr.mqtt.demo.recorder.SimulatedRecorder} is the server, its table of calls is in {@code routes()}, and {@link
 * io.lightnvr.mqtt.demo.recorder.RecorderSetup} the settings. {@link io.lightnvr.mqtt.demo.recorder.SimulatedRows} and {@link
 * io.lightnvr.mqtt.demo.recorder.SimulatedStreams} are its data, which may be changed at any time. {@link
 * io.lightnvr.mqtt.demo.recorder.SimulatedEvents} publishes the rows.
 */
package io.lightnvr.mqtt.demo.recorder;
