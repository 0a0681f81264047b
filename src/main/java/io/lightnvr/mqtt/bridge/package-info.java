/**
 * The bridge: {@link io.lightnvr.mqtt.bridge.Bridge} wires intake and delivery and starts and closes them, {@link
 * io.lightnvr.mqtt.bridge.ConfigurationMapping} puts the configuration into the words of each package.
 *
 * <p>Imports every package but {@code cli}, {@code check} and {@code demo}.
 */
package io.lightnvr.mqtt.bridge;
