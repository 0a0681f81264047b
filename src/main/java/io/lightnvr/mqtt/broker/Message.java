package io.lightnvr.mqtt.broker;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A message to publish.
 *
 * @param payload must not be changed afterwards
 * @param retain whether the broker keeps it for later subscribers
 * @param contentType the MQTT 5 content type; if present, the payload is marked as UTF-8 text
 * @param userProperties MQTT 5 user properties, in this order
 * @param expiry when the broker may discard it, in whole seconds, at least 1
 */
public record Message(
        Topic topic,
        byte[] payload,
        Qos qos,
        boolean retain,
        Optional<String> contentType,
        Map<String, String> userProperties,
        Optional<Duration> expiry) {

    private static final String JSON = "application/json";
    private static final int FIXED_BYTES = 64;
    private static final int BYTES_PER_PROPERTY = 5;

    public Message {
        userProperties = new LinkedHashMap<>(userProperties);
    }

    /** A retained text, such as an availability. */
    public static Message retained(Topic topic, String text) {
        return retained(topic, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Retained bytes, such as a picture. */
    public static Message retained(Topic topic, byte[] payload) {
        return new Message(topic, payload, Qos.AT_LEAST_ONCE, true, Optional.empty(), Map.of(), Optional.empty());
    }

    /** A retained JSON text. */
    public static Message retainedJson(Topic topic, byte[] json) {
        return new Message(topic, json, Qos.AT_LEAST_ONCE, true, Optional.of(JSON), Map.of(), Optional.empty());
    }

    /** A JSON message with user properties; a retained one never expires. */
    public static Message json(
            Topic topic,
            byte[] json,
            Qos qos,
            boolean retain,
            Map<String, String> userProperties,
            Optional<Duration> expiry) {
        return new Message(topic, json, qos, retain, Optional.of(JSON), userProperties, expiry.filter(any -> !retain));
    }

    /** An upper bound for the size of the PUBLISH packet that carries this message, in bytes. */
    public int packetSizeAtMost() {
        int size = FIXED_BYTES
                + bytes(topic.name())
                + payload.length
                + contentType.map(Message::bytes).orElse(0);
        for (Map.Entry<String, String> property : userProperties.entrySet()) {
            size += BYTES_PER_PROPERTY + bytes(property.getKey()) + bytes(property.getValue());
        }
        return size;
    }

    /** This message as the broker takes it: with a lower QoS, and not retained, if its limits require that. */
    public Message within(Limits limits) {
        if (qos == qos.atMost(limits.maximumQos()) && (!retain || limits.retainAvailable())) {
            return this;
        }
        return new Message(
                topic,
                payload,
                qos.atMost(limits.maximumQos()),
                retain && limits.retainAvailable(),
                contentType,
                userProperties,
                expiry);
    }

    /** The payload as text, for people. */
    public String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
