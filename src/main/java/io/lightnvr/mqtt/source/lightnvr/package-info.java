/**
 * LightNVR as the source: its HTTP API, its clock and its peculiarities.
 *
 * <p>{@link io.lightnvr.mqtt.source.lightnvr.LightNvrSource} implements the port. {@code LightNvrApi} calls the
 * recorder, {@code LightNvrClient} and {@code RecorderLogin} carry the calls; {@code DetectionWindow} and the classes
 * around it decide, without any I/O, what to ask for and what is new, whether it was read or heard. {@code EventMessage}
 * reads what the recorder publishes.
 *
 * <p>Imports {@code event} and {@code source}.
 */
package io.lightnvr.mqtt.source.lightnvr;
