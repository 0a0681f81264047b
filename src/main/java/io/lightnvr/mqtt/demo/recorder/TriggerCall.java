package io.lightnvr.mqtt.demo.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.event.StreamName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code /api/motion/trigger}: inserts detections of this second, on the whole picture. Unlike in the real recorder,
 * zones do not filter them.
 */
final class TriggerCall {

    private static final Set<String> ACTIONS = Set.of("pulse", "start", "stop");
    private static final int DEFAULT_PULSE_MILLIS = 2_000;
    private static final String NO_RECORDING = "Stream does not have detection-based recording enabled; the event was"
            + " recorded but no recording was triggered";

    private final SimulatedClock clock;
    private final SimulatedStreams streams;
    private final SimulatedRows rows;
    private final Map<StreamName, Begun> begun = new ConcurrentHashMap<>();

    TriggerCall(SimulatedClock clock, SimulatedStreams streams, SimulatedRows rows) {
        this.clock = clock;
        this.streams = streams;
        this.rows = rows;
    }

    /** Rows that last until a {@code stop}: ids from {@code first} to below {@code after}. */
    private record Begun(long first, long after) {}

    SimulatedAnswer post(Request request, Account account) {
        if (account.role() == Account.Role.VIEWER) {
            return SimulatedAnswer.error(403, "Viewer role cannot trigger motion events");
        }
        JsonNode body = request.json();
        if (!body.isObject()) {
            return SimulatedAnswer.error(400, "Invalid or missing JSON body");
        }
        String name = body.path("stream").asText();
        if (name.isEmpty()) {
            return SimulatedAnswer.error(400, "Field 'stream' is required");
        }
        if (!ACTIONS.contains(body.path("action").asText())) {
            return SimulatedAnswer.error(400, "Field 'action' must be one of: start, stop, pulse");
        }
        Optional<SimulatedStream> stream = streams.find(new StreamName(name));
        return stream.map(known -> trigger(known, body)).orElseGet(SimulatedAnswer::streamNotFound);
    }

    private SimulatedAnswer trigger(SimulatedStream stream, JsonNode body) {
        String action = body.path("action").asText();
        int millis = body.path("duration_ms").asInt(DEFAULT_PULSE_MILLIS);
        List<SimulatedRow> found = action.equals("stop") ? List.of() : objects(body);
        store(stream.name(), action, found, millis);
        JsonText json = new JsonText()
                .beginObject()
                .field("success", true)
                .field("stream", stream.name().raw())
                .field("action", action);
        if (action.equals("pulse")) {
            json.field("duration_ms", millis);
        }
        json.field("recording_triggered", streams.settings(stream.name()).detects())
                .field("detections_stored", found.size())
                .field("tags_applied", 0);
        if (!streams.settings(stream.name()).detects()) {
            json.field("warning", NO_RECORDING);
        }
        return SimulatedAnswer.json(202, json.endObject());
    }

    private void store(StreamName stream, String action, List<SimulatedRow> found, int pulseMillis) {
        long now = clock.second();
        Begun earlier = begun.remove(stream);
        if (earlier != null) {
            rows.end(stream, earlier.first(), earlier.after(), now);
        }
        if (action.equals("pulse") && !found.isEmpty()) {
            long end = clock.instant().plusMillis(pulseMillis).getEpochSecond();
            rows.insertInterval(stream, now, end, found);
        } else if (!found.isEmpty()) {
            long first = rows.insertInterval(stream, now, now, found);
            begun.put(stream, new Begun(first, first + found.size()));
        }
    }

    /** The detections in a body: {@code label}, then {@code objects}, 20 at most. */
    private static List<SimulatedRow> objects(JsonNode body) {
        float usual = (float) body.path("confidence").asDouble(1);
        List<SimulatedRow> found = new ArrayList<>();
        if (body.path("label").isTextual()) {
            found.add(SimulatedRow.wholePicture(body.path("label").asText(), usual));
        }
        for (JsonNode object : body.path("objects")) {
            found.add(
                    object.isTextual()
                            ? SimulatedRow.wholePicture(object.asText(), usual)
                            : SimulatedRow.wholePicture(object.path("label").asText(), (float)
                                    object.path("confidence").asDouble(usual)));
        }
        return found.subList(0, Math.min(found.size(), SimulatedRows.PAGE));
    }
}
