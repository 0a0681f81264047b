package io.lightnvr.mqtt.web;

import com.fasterxml.jackson.core.JsonGenerator;
import io.lightnvr.mqtt.event.Detection;
import io.lightnvr.mqtt.event.Zone;
import io.lightnvr.mqtt.status.Finding;
import io.lightnvr.mqtt.status.LastHour;
import io.lightnvr.mqtt.status.LiveStatus;
import io.lightnvr.mqtt.status.LogLines;
import io.lightnvr.mqtt.status.PartStatus;
import io.lightnvr.mqtt.status.SeenEvent;
import io.lightnvr.mqtt.status.StatusBoard;
import io.lightnvr.mqtt.status.StreamStatus;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;

/** Writes what the bridge sees now as the JSON that the page reads. Thread-safe. */
final class StatusJson {

    private final LiveStatus live;
    private final StatusBoard board;
    private final LogLines log;
    private final PageBackend bridge;
    private final VisitHistory history;
    private final Clock wall;

    /** @param wall the machine's clock */
    StatusJson(LiveStatus live, StatusBoard board, LogLines log, PageBackend bridge, VisitHistory history, Clock wall) {
        this.live = live;
        this.board = board;
        this.log = log;
        this.bridge = bridge;
        this.history = history;
        this.wall = wall;
    }

    /** Everything but the visits. */
    byte[] status() {
        PageBackend.About about = bridge.about();
        return PageJson.object(json -> {
            json.writeStringField("version", about.version());
            json.writeStringField("now", PageJson.iso(wall.instant()));
            json.writeStringField("started", PageJson.iso(about.started()));
            json.writeStringField("instance", about.instanceId());
            json.writeStringField("prefix", about.topicPrefix());
            json.writeArrayFieldStart("parts");
            for (PartStatus part : live.parts()) {
                writePart(json, part);
            }
            json.writeEndArray();
            json.writeFieldName("streams");
            writeStreams(json);
            writeHealth(json);
            PageJson.texts(json, "groups", about.types());
            json.writeObjectFieldStart("actions");
            for (String action : List.of("check", "test_event", "announce", "forget")) {
                json.writeBooleanField(action, true);
            }
            json.writeEndObject();
            json.writeArrayFieldStart("configuration");
            for (Map.Entry<String, String> option : bridge.configuration().entrySet()) {
                json.writeStartArray();
                json.writeString(option.getKey());
                json.writeString(option.getValue());
                json.writeEndArray();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("log");
            for (LogLines.Line line : log.last()) {
                writeLine(json, line);
            }
            json.writeEndArray();
        });
    }

    /** What changes all the time: counts, the last hour, findings. */
    byte[] health() {
        return PageJson.object(this::writeHealth);
    }

    /** All streams. */
    byte[] streams() {
        return PageJson.bytes(this::writeStreams);
    }

    /** When the bridge was started, by which a page knows whether it still shows this one. */
    static byte[] hello(Instant started) {
        return PageJson.object(json -> json.writeStringField("started", PageJson.iso(started)));
    }

    byte[] event(SeenEvent event) {
        return PageJson.bytes(json -> writeEvent(json, event));
    }

    byte[] part(PartStatus part) {
        return PageJson.bytes(json -> writePart(json, part));
    }

    static byte[] line(LogLines.Line line) {
        return PageJson.bytes(json -> writeLine(json, line));
    }

    private void writeHealth(JsonGenerator json) throws IOException {
        StatusBoard.Counts counts = board.counts();
        json.writeArrayFieldStart("findings");
        for (Finding finding : counts.findings()) {
            finding.writeTo(json);
        }
        json.writeEndArray();
        PageBackend.Waiting waiting = bridge.waiting();
        json.writeObjectFieldStart("counts");
        json.writeNumberField("seen", counts.seen());
        json.writeNumberField("published", counts.published());
        json.writeNumberField("visits", board.visits());
        json.writeNumberField("missed", counts.missed());
        json.writeNumberField("dropped", waiting.dropped());
        json.writeNumberField("refused", counts.refused());
        json.writeNumberField("waiting", waiting.waiting());
        PageJson.time(json, "oldest_waiting", waiting.oldest());
        PageJson.text(json, "last_error", counts.lastError());
        PageJson.time(json, "last_error_at", board.lastErrorAt().map(bridge::wall));
        json.writeEndObject();
        List<LastHour.Minute> minutes = board.lastHour().minutes();
        json.writeObjectFieldStart("hour");
        writeNumbers(json, "events", minutes, minute -> OptionalLong.of(minute.events()));
        writeNumbers(json, "latency_median_ms", minutes, LastHour.Minute::median);
        writeNumbers(json, "latency_max_ms", minutes, LastHour.Minute::longest);
        json.writeEndObject();
        json.writeObjectFieldStart("history");
        json.writeNumberField("limit_bytes", history.limit());
        json.writeNumberField("used_bytes", history.used());
        json.writeEndObject();
    }

    private static void writeNumbers(
            JsonGenerator json,
            String name,
            List<LastHour.Minute> minutes,
            Function<LastHour.Minute, OptionalLong> number)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (LastHour.Minute minute : minutes) {
            OptionalLong value = number.apply(minute);
            if (value.isPresent()) {
                json.writeNumber(value.getAsLong());
            } else {
                json.writeNull();
            }
        }
        json.writeEndArray();
    }

    private void writeStreams(JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (StreamStatus stream : live.streams()) {
            writeStream(json, stream);
        }
        json.writeEndArray();
    }

    private void writeStream(JsonGenerator json, StreamStatus stream) throws IOException {
        StreamStatus.Camera camera = stream.camera();
        json.writeStartObject();
        json.writeStringField("name", camera.name().raw());
        json.writeStringField("key", camera.name().key());
        json.writeBooleanField("online", camera.online());
        json.writeBooleanField("picture", camera.online());
        json.writeBooleanField("gone", camera.gone());
        json.writeArrayFieldStart("zones");
        for (Zone zone : camera.zones()) {
            writeZone(json, zone, stream.occupied().contains(zone.name()));
        }
        json.writeEndArray();
        json.writeArrayFieldStart("present");
        for (Map.Entry<String, Instant> present : stream.present().entrySet()) {
            json.writeStartObject();
            json.writeStringField("type", present.getKey());
            json.writeStringField("since", PageJson.iso(bridge.wall(present.getValue())));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeFieldName("last");
        if (stream.last().isPresent()) {
            writeEvent(json, stream.last().get());
        } else {
            json.writeNull();
        }
        json.writeEndObject();
    }

    private static void writeZone(JsonGenerator json, Zone zone, boolean isOccupied) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", zone.name());
        json.writeArrayFieldStart("polygon");
        for (Zone.Point corner : zone.polygon()) {
            json.writeStartArray();
            json.writeNumber(corner.x());
            json.writeNumber(corner.y());
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeBooleanField("occupied", isOccupied);
        json.writeEndObject();
    }

    private void writeEvent(JsonGenerator json, SeenEvent event) throws IOException {
        json.writeStartObject();
        json.writeStringField("stream", event.stream().key());
        json.writeStringField("at", PageJson.iso(bridge.wall(event.at())));
        json.writeNumberField("second", event.second());
        json.writeStringField("type", event.type());
        json.writeArrayFieldStart("detections");
        for (Detection detection : event.detections()) {
            json.writeStartObject();
            json.writeStringField("label", detection.label());
            json.writeNumberField("confidence", detection.confidence());
            PageJson.box(json, detection.box());
            json.writeStringField("zone", detection.zoneId());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writePart(JsonGenerator json, PartStatus part) throws IOException {
        json.writeStartObject();
        json.writeStringField("part", part.part().toString());
        json.writeStringField("state", part.condition().toString());
        PageJson.time(json, "since", part.since().map(bridge::wall));
        json.writeStringField("sentence", part.sentence());
        json.writeEndObject();
    }

    private static void writeLine(JsonGenerator json, LogLines.Line line) throws IOException {
        json.writeStartObject();
        json.writeStringField("at", line.at());
        json.writeStringField("level", line.level());
        json.writeStringField("text", line.text());
        json.writeEndObject();
    }
}
