package io.lightnvr.mqtt.broker;

/** A message that the broker publishes, retained and with QoS 1, if the connection ends without DISCONNECT. */
public record Will(Topic topic, String text) {}
