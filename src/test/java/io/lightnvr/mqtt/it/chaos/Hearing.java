package io.lightnvr.mqtt.it.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * All that one ear heard.
 *
 * @param name whose it is
 * @param receipts in the order in which they came
 * @param subscriptions how often it had to subscribe
 */
record Hearing(String name, List<Receipt> receipts, int subscriptions) {

    Hearing {
        receipts = List.copyOf(receipts);
    }

    /** The documented messages, in the order in which they came. */
    List<Receipt> detections() {
        return receipts.stream().filter(Receipt::isDetection).toList();
    }

    /** Each event when it came first, by its id, in that order. */
    Map<String, Receipt> events() {
        Map<String, Receipt> first = new LinkedHashMap<>();
        detections().forEach(receipt -> first.putIfAbsent(receipt.eventId(), receipt));
        return first;
    }

    /** The ids of a stream's events in the order in which they came first. */
    Map<String, List<Receipt>> eventsByStream() {
        return events().values().stream()
                .collect(Collectors.groupingBy(Receipt::stream, LinkedHashMap::new, Collectors.toList()));
    }

    /** The rows of all events, each event once. */
    List<Sighted> rows() {
        return rows(events().values());
    }

    /** The detections of the recorder's own events, each event once. */
    List<Sighted> said() {
        Map<String, JsonNode> events = new LinkedHashMap<>();
        receipts.stream()
                .map(Receipt::json)
                .forEach(json -> events.putIfAbsent(json.path("id").asText(), json));
        List<Sighted> rows = new ArrayList<>();
        for (JsonNode event : events.values()) {
            JsonNode data = event.path("data");
            String stream = data.path("stream_name").asText();
            long second = Instant.parse(event.path("time").asText()).getEpochSecond();
            data.path("detections").forEach(detection -> rows.add(new Sighted(stream, second, row(detection))));
        }
        return rows;
    }

    private static List<Sighted> rows(Collection<Receipt> events) {
        List<Sighted> rows = new ArrayList<>();
        for (Receipt event : events) {
            JsonNode json = event.json();
            String stream = json.path("stream").asText();
            long second = json.path("timestamp").asLong();
            json.path("detections").forEach(detection -> rows.add(new Sighted(stream, second, row(detection))));
        }
        return rows;
    }

    private static SimulatedRow row(JsonNode detection) {
        return new SimulatedRow(
                detection.path("label").asText(),
                number(detection, "confidence"),
                number(detection, "x"),
                number(detection, "y"),
                number(detection, "width"),
                number(detection, "height"));
    }

    private static float number(JsonNode detection, String field) {
        return (float) detection.path(field).asDouble();
    }
}
