package io.lightnvr.mqtt.it.chaos;

import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** What an ear hears, made up for tests of the verdict. */
final class Talk {

    static final SimulatedRow PERSON = new SimulatedRow("person", 0.92f, 0.1f, 1 / 3f, 0.2f, 0.4f);
    static final SimulatedRow CAR = new SimulatedRow("car", 0.87f, 0.25f, 0.25f, 0.2f, 0.4f);
    static final String STREAM = "front_door";

    private final List<Receipt> receipts = new ArrayList<>();
    private long at;

    /** The bridge comes online. */
    Talk connects() {
        return says("lightnvr/availability", "online", Map.of());
    }

    /** From now on it is this time, in epoch milliseconds. */
    Talk at(long millis) {
        at = millis;
        return this;
    }

    /** An event of {@link #STREAM} in both its forms. */
    Talk event(String id, long sequence, long second, SimulatedRow... rows) {
        return event(STREAM, id, sequence, second, rows);
    }

    Talk event(String stream, String id, long sequence, long second, SimulatedRow... rows) {
        documented(stream, id, sequence, second, rows);
        String ours = "{\"event_id\":\"%s\",\"sequence\":%d}".formatted(id, sequence);
        return says("lightnvr/events/" + stream, ours, Map.of());
    }

    /** An event in its documented form alone. */
    Talk documented(String stream, String id, long sequence, long second, SimulatedRow... rows) {
        List<String> detections = new ArrayList<>();
        for (SimulatedRow row : rows) {
            detections.add("{\"label\":\"%s\",\"confidence\":%s,\"x\":%s,\"y\":%s,\"width\":%s,\"height\":%s}"
                    .formatted(row.label(), row.confidence(), row.x(), row.y(), row.width(), row.height()));
        }
        String payload = "{\"stream\":\"%s\",\"timestamp\":%d,\"detections\":%s}".formatted(stream, second, detections);
        Map<String, String> properties = Map.of("event_id", id, "sequence", Long.toString(sequence));
        return says("lightnvr/detections/" + stream, payload, properties);
    }

    Talk says(String topic, String payload, Map<String, String> properties) {
        receipts.add(new Receipt(at, topic, payload, 1, false, false, properties));
        return this;
    }

    /** All of it, as an ear of this name heard it. */
    Hearing heardBy(String name) {
        return new Hearing(name, receipts, 1);
    }

    Hearing heard() {
        return heardBy("tap");
    }

    /** A ledger of rows of {@link #STREAM} with the right time. */
    static Ledger ledger(Sighted... rows) {
        List<Filed> filed = new ArrayList<>();
        for (Sighted row : rows) {
            filed.add(new Filed(row.second() * 1_000, 0, 0, row));
        }
        return new Ledger(OptionalLong.of(0), List.of(), filed);
    }

    static Sighted sighted(long second, SimulatedRow row) {
        return new Sighted(STREAM, second, row);
    }
}
