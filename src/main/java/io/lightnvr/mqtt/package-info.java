/**
 * A bridge from the recorder LightNVR to an MQTT broker and to Home Assistant.
 *
 * <p>{@link io.lightnvr.mqtt.Main} is the entry point; its commands are in {@code cli}. {@code bridge} wires the two loops:
 * {@code intake} reads the recorder into the {@code store}, and {@code delivery} publishes from the {@code store} to the broker.
 * The other packages are their vocabulary; RATIONALE.md has the table of who may import whom.
 */
package io.lightnvr.mqtt;
