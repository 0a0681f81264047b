/**
 * The {@code check} command's doctor: checks each link of the chain from the recorder to Home Assistant, and suggests a remedy for
 * each that fails.
 *
 * <p>It does not disturb a running bridge: it connects with another client id and without a will, and publishes no event unless
 * a test event is requested. Imports every package but the root, {@code cli} and {@code demo}.
 */
package io.lightnvr.mqtt.check;
