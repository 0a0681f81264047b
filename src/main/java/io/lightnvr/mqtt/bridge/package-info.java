/**
 * The bridge: {@link io.lightnvr.mqtt.bridge.Bridge} wires, starts and closes intake and delivery, and {@link
 * io.lightnvr.mqtt.bridge.ConfigurationMapping} maps the configuration to the settings of each package.
 *
 * <p>May import every package but the root, {@code cli}, {@code check} and {@code demo}.
 */
package io.lightnvr.mqtt.bridge;
