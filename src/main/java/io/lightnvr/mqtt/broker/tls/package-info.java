/**
 * TLS to a broker: reads PEM files of certificates and keys, opens sockets with them, and words what fails. Knows no MQTT
 * client.
 *
 * <p>Imports {@code broker}.
 */
package io.lightnvr.mqtt.broker.tls;
