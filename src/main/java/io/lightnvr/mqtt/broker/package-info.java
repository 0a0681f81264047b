/**
 * Our words for MQTT 5 and the port to a broker. {@code broker.paho} is the only place that knows the library behind
 * it.
 *
 * <p>Imports no other package of the bridge.
 */
package io.lightnvr.mqtt.broker;
