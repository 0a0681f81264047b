package io.lightnvr.mqtt.broker;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A message to publish.
 *
 * @param topic where to
 * @param payload its bytes; must not be changed afterwards
 * @param qos how surely
 * @param retain whether the broker keeps it for later subscribers
 * @param contentType the MQTT 5 content type; with one, the payload is marked as UTF-8 text
 * @param userProperties MQTT 5 user properties, in this order
 * @param expiry after what time the broker may throw it away, in whole seconds, at least one
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

    /** A plain text that is kept by the broker, such as an availability. */
    public static Message retained(Topic topic, String text) {
        return retained(topic, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Bytes that are kept by the broker, such as a picture. */
    public static Message retained(Topic topic, byte[] payload) {
        return new Message(topic, payload, Qos.AT_LEAST_ONCE, true, Optional.empty(), Map.of(), Optional.empty());
    }

    /** A JSON text that is kept by the broker. */
    public static Message retainedJson(Topic topic, byte[] json) {
        return new Message(topic, json, Qos.AT_LEAST_ONCE, true, Optional.of(JSON), Map.of(), Optional.empty());
    }

    /** A JSON message with user properties; it expires only where it is not retained. */
    public static Message json(
            Topic topic,
            byte[] json,
            Qos qos,
            boolean retain,
            Map<String, String> userProperties,
            Optional<Duration> expiry) {
        return new Message(topic, json, qos, retain, Optional.of(JSON), userProperties, expiry.filter(some -> !retain));
    }

    /** Never less than the bytes of the PUBLISH packet that carries this message. */
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

    /** This message as a broker takes it: no higher QoS, and not retained where nothing is. */
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
