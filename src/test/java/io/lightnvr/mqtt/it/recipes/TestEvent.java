package io.lightnvr.mqtt.it.recipes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lightnvr.mqtt.it.Arrivals;
import io.lightnvr.mqtt.it.Program;
import io.lightnvr.mqtt.it.TestBed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An event on the documented topic as the bridge publishes it, but by {@code mosquitto_pub}: what a test wants to be told. */
final class TestEvent {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode payload = JSON.createObjectNode();
    private final Map<String, String> properties = new LinkedHashMap<>();

    private TestEvent(String stream, Instant time) {
        payload.put("stream", stream);
        payload.put("timestamp", time.getEpochSecond());
        payload.put("timestamp_iso", time.toString());
        payload.put("count", 0);
        payload.putArray("detections");
    }

    /** Of a stream, at a whole second, without detections so far. */
    static TestEvent of(String stream, Instant time) {
        return new TestEvent(stream, time);
    }

    /** With one detection more. */
    TestEvent with(String label, String zone) {
        ObjectNode detection = payload.withArray("detections").addObject();
        detection.put("label", label).put("confidence", 0.9);
        detection.put("x", 0.25).put("y", 0.3).put("width", 0.15).put("height", 0.45);
        detection.put("track_id", "").put("zone_id", zone);
        payload.put("count", payload.path("detections").size());
        return this;
    }

    /** With its place in the stream's order. */
    TestEvent numbered(long sequence, String eventId) {
        properties.put("event_id", eventId);
        properties.put("sequence", Long.toString(sequence));
        return this;
    }

    /** Held back for so long. */
    TestEvent delayed(long millis) {
        properties.put("delayed_ms", Long.toString(millis));
        return this;
    }

    /** Publishes it, and waits until the broker has it. */
    void publish(TestBed bed) {
        publish(bed, "lightnvr/detections/" + payload.path("stream").asText(), payload.toString(), properties);
    }

    /** The same for any message. */
    static void publish(TestBed bed, String topic, String payload, Map<String, String> properties) {
        List<String> more = new ArrayList<>(List.of("-D", "publish", "content-type", "application/json"));
        properties.forEach((name, value) -> more.addAll(List.of("-D", "publish", "user-property", name, value)));
        publish(bed, topic, payload, more);
    }

    /** The same for what others publish, who tell nothing about it. */
    static void publishPlain(TestBed bed, String topic, String payload) {
        publish(bed, topic, payload, List.of());
    }

    private static void publish(TestBed bed, String topic, String payload, List<String> more) {
        List<String> command =
                new ArrayList<>(List.of("mosquitto_pub", "-V", "5", "-q", "1", "-t", topic, "-m", payload));
        command.addAll(more);
        Program program = bed.program("mosquitto_pub", Map.of(), command);
        if (program.exitStatus(Arrivals.PATIENCE) != 0) {
            throw new AssertionError("mosquitto_pub: " + program.errors().all());
        }
    }
}
