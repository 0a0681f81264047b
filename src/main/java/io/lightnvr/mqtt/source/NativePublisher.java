package io.lightnvr.mqtt.source;

/**
 * The settings of a recorder's built-in MQTT publisher.
 *
 * @param enabled whether it publishes
 * @param brokerHost the broker's host name or address, {@code ""} where none is set
 * @param brokerPort 0 where none is set
 * @param clientId its MQTT client id, {@code ""} where none is set
 * @param topicPrefix the first level of its topics, {@code ""} where none is set
 * @param discovery whether it announces entities to Home Assistant
 */
public record NativePublisher(
        boolean enabled, String brokerHost, int brokerPort, String clientId, String topicPrefix, boolean discovery) {}
