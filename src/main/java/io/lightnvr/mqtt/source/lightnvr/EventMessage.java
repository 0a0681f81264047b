package io.lightnvr.mqtt.source.lightnvr;

import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.event.Text;
import io.lightnvr.mqtt.json.JsonTree;
import io.lightnvr.mqtt.source.RecorderEvents.Heard;
import io.lightnvr.mqtt.source.SourceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a message on {@code {prefix}/v1/events/#} of LightNVR 0.38.1 and later: a CloudEvent (specversion 1.0) in JSON. The
 * fields are those of LightNVR's own documentation; unknown types and versions are of no concern.
 */
final class EventMessage {

    private static final String CAMERA = "camera/";
    private static final int LONGEST_TEXT = 512;

    /** Far more than a picture shows. */
    private static final int MOST_DETECTIONS = 1_000;

    private final JsonNode json;

    private EventMessage(JsonNode json) {
        this.json = json;
    }

    /** @throws SourceException if it is not an event, or lacks what its type has */
    static Heard read(byte[] payload) throws SourceException {
        JsonNode json;
        try {
            json = JsonTree.read(new String(payload, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new SourceException("it is not JSON");
        }
        if (json == null || !json.isObject()) {
            throw new SourceException("it is not a JSON object");
        }
        return new EventMessage(json).read();
    }

    /**
     * Reads the recorder's presence. Its form is not documented, so both are taken: {@code online} or {@code offline} as text, or
     * as the value of {@code status} or {@code state} in a JSON object.
     */
    static Heard presence(byte[] payload) {
        String text = new String(payload, StandardCharsets.UTF_8).strip();
        if (text.startsWith("{")) {
            try {
                JsonNode json = JsonTree.read(text);
                text = text(json, "status").isEmpty() ? text(json, "state") : text(json, "status");
            } catch (IOException e) {
                return new Heard.Other();
            }
        }
        return switch (text.replace("\"", "")) {
            case "online" -> new Heard.Presence(true);
            case "offline" -> new Heard.Presence(false);
            default -> new Heard.Other();
        };
    }

    private Heard read() throws SourceException {
        return switch (text(json, "type")) {
            case "io.lightnvr.detection.object.v1" -> new Heard.Detected(detections());
            case "io.lightnvr.camera.offline.v1" -> new Heard.StreamCondition(stream(), false);
            case "io.lightnvr.camera.recovered.v1",
                    "io.lightnvr.stream.degraded.v1",
                    "io.lightnvr.stream.recovered.v1" -> new Heard.StreamCondition(stream(), true);
            case "io.lightnvr.storage.pressure.v1" -> new Heard.Storage(storageLevel());
            case "io.lightnvr.storage.recovered.v1" -> new Heard.Storage("ok");
            default -> new Heard.Other();
        };
    }

    private HeardFrame detections() throws SourceException {
        StreamName stream = stream();
        long second = second();
        long id = Fingerprint.of(required("source") + '\n' + required("id"));
        JsonNode list = json.path("data").path("detections");
        if (!list.isArray() || list.isEmpty()) {
            throw new SourceException("its data has no detections");
        }
        List<Row.Content> contents = new ArrayList<>();
        for (int i = 0; i < list.size() && i < MOST_DETECTIONS; i++) {
            Optional<Row.Content> content = DetectionJson.ofEvent(list.get(i));
            content.ifPresent(contents::add);
        }
        return new HeardFrame(stream, camera(), second, id, contents, list.size() - contents.size());
    }

    private Optional<String> camera() {
        String subject = text(json, "subject");
        return subject.startsWith(CAMERA) && subject.length() > CAMERA.length() && subject.length() < LONGEST_TEXT
                ? Optional.of(subject.substring(CAMERA.length()))
                : Optional.empty();
    }

    private StreamName stream() throws SourceException {
        String name = text(json.path("data"), "stream_name");
        if (name.isEmpty() || name.length() > LONGEST_TEXT) {
            throw new SourceException("its data has no stream_name");
        }
        return new StreamName(name);
    }

    private long second() throws SourceException {
        String time = required("time");
        try {
            long second = OffsetDateTime.parse(time).toEpochSecond();
            if (second >= 0 && second <= ScanRange.FAR) {
                return second;
            }
        } catch (DateTimeException e) {
            // Said below.
        }
        throw new SourceException("its time is " + Text.printable(time));
    }

    private String storageLevel() {
        JsonNode data = json.path("data");
        String level = text(data, "level").isEmpty() ? text(data, "state") : text(data, "level");
        String named = level.isEmpty() ? text(json, "severity") : level;
        return switch (named) {
            case "critical", "emergency" -> named;
            default -> "warning";
        };
    }

    private String required(String field) throws SourceException {
        String value = text(json, field);
        if (value.isEmpty() || value.length() > LONGEST_TEXT) {
            throw new SourceException("it has no " + field);
        }
        return value;
    }

    private static String text(JsonNode object, String field) {
        JsonNode value = object.path(field);
        return value.isTextual() ? value.textValue() : "";
    }
}
