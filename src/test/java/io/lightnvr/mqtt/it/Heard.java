package io.lightnvr.mqtt.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A message as a subscriber of MQTT 5 heard it.
 *
 * @param retained as its publisher sent it
 * @param format the payload format indicator, {@code ""} where there is none
 * @param expiry the message expiry, {@code ""} where there is none
 * @param contentType {@code ""} where there is none
 * @param payload as text; all of ours is UTF-8 without line breaks
 */
public record Heard(
        int qos,
        boolean retained,
        String format,
        String expiry,
        String contentType,
        Map<String, String> properties,
        String topic,
        String payload) {

    /** What mosquitto_sub prints of each message; the payload last, since it may hold anything. */
    static final String FORMAT = "%q|%r|%F|%E|%C|%P|%t|%p";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FIELDS = 8;

    /** Reads a line of {@link #FORMAT}. */
    static Heard of(String line) {
        String[] field = line.split("\\|", FIELDS);
        return new Heard(
                Integer.parseInt(field[0]),
                field[1].equals("1"),
                field[2],
                field[3],
                field[4],
                properties(field[5]),
                field[6],
                field[7]);
    }

    JsonNode json() {
        try {
            return JSON.readTree(payload);
        } catch (JsonProcessingException e) {
            throw new AssertionError(topic + " holds no JSON: " + payload, e);
        }
    }

    /** The user property {@code sequence}. */
    long sequence() {
        return Long.parseLong(properties.get("sequence"));
    }

    private static Map<String, String> properties(String text) {
        Map<String, String> properties = new LinkedHashMap<>();
        Arrays.stream(text.split(" ")).filter(pair -> !pair.isEmpty()).forEach(pair -> {
            int colon = pair.indexOf(':');
            properties.put(pair.substring(0, colon), pair.substring(colon + 1));
        });
        return properties;
    }
}
