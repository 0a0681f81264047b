/**
 * Implements the port to a broker with Eclipse Paho 1.2.5, which no other package knows. The library is frozen and has
 * traps; each class names those that it avoids.
 *
 * <p>Imports {@code broker} and {@code broker.tls}.
 */
package io.lightnvr.mqtt.broker.paho;
