/**
 * The port to a broker over Eclipse Paho 1.2.5, the only package that knows it. The library is frozen and has traps; each
 * class here names those that it avoids.
 *
 * <p>Imports {@code broker} and {@code broker.tls}.
 */
package io.lightnvr.mqtt.broker.paho;
