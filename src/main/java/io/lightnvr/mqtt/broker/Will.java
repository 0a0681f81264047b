package io.lightnvr.mqtt.broker;

/** A message that the broker publishes, retained, if the connection ends without DISCONNECT. */
public record Will(Topic topic, String text, Qos qos) {

    /** A will of QoS 1. */
    public Will(Topic topic, String text) {
        this(topic, text, Qos.AT_LEAST_ONCE);
    }
}
