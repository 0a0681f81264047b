/**
 * A bridge from the recorder LightNVR to an MQTT broker and to Home Assistant.
 *
 * <p>{@link io.lightnvr.mqtt.Main} is the command line, whose commands are in {@code cli}. {@code bridge} wires the two loops:
 * {@code intake}, from the recorder to the outbox, and {@code delivery}, from the outbox to the broker. They meet in the {@code
 * store}. The other packages are their vocabulary; RATIONALE.md has the table of who may import whom.
 */
package io.lightnvr.mqtt;
