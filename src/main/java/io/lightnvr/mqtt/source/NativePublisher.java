package io.lightnvr.mqtt.source;

/**
 * The settings of a recorder's built-in MQTT publisher.
 *
 * @param enabled whether it publishes
 * @param brokerHost the broker's host name or address, or {@code ""}
 * @param brokerPort the broker's port, 0 if none is set
 * @param clientId its MQTT client id, or {@code ""}
 * @param topicPrefix the first level of its topics, or {@code ""}
 * @param discovery whether it announces entities to Home Assistant
 */
public record NativePublisher(
        boolean enabled, String brokerHost, int brokerPort, String clientId, String topicPrefix, boolean discovery) {}
