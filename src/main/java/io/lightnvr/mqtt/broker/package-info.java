/**
 * The bridge's model of MQTT 5, and the port to a broker, {@link io.lightnvr.mqtt.broker.Broker}, which {@code
 * broker.paho} implements.
 *
 * <p>Imports no other package of the bridge.
 */
package io.lightnvr.mqtt.broker;
