/**
 * The demo, the README's first command: an embedded broker, a bridge and a subscriber that prints each event. The simulated
 * recorder is in {@code demo.recorder}, the life in front of its cameras in {@code demo.scene}.
 *
 * <p>The build puts these packages into {@code demo-lib/lightnvr-mqtt-demo.jar}; the jar that ships does not have them. They may use
 * every package but the root, {@code cli} and {@code check}.
 */
package io.lightnvr.mqtt.demo;
