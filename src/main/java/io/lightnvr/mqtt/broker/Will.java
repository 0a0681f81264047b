package io.lightnvr.mqtt.broker;

/** What the broker publishes, retained and with QoS 1, when our connection ends without a farewell. */
public record Will(Topic topic, String text) {}
