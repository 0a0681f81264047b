package io.lightnvr.mqtt.web;

import com.fasterxml.jackson.core.JsonGenerator;
import io.lightnvr.mqtt.event.Detection;
import io.lightnvr.mqtt.event.Zone;
import io.lightnvr.mqtt.status.Finding;
import io.lightnvr.mqtt.status.LastHour;
import io.lightnvr.mqtt.status.LogLines;
import io.lightnvr.mqtt.status.Part;
import io.lightnvr.mqtt.status.PartStatus;
import io.lightnvr.mqtt.status.SeenEvent;
import io.lightnvr.mqtt.status.StatusBoard;
import io.lightnvr.mqtt.status.StreamStatus;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** Writes what the bridge sees now as the JSON that the page reads. Thread-safe. */
final class StatusJson {

    private final List<Watched> recorders;
    private final LogLines log;
    private final PageHost host;
    private final Clock wall;

    /**
     * @param recorders at least one
     * @param wall the machine's clock
     */
    StatusJson(List<Watched> recorders, LogLines log, PageHost host, Clock wall) {
        this.recorders = recorders;
        this.log = log;
        this.host = host;
        this.wall = wall;
    }

    /** Everything but the visits. */
    byte[] status() {
        PageBackend.About about = recorders.get(0).bridge().about();
        return PageJson.object(json -> {
            json.writeStringField("version", about.version());
            json.writeStringField("now", PageJson.iso(wall.instant()));
            json.writeStringField("started", PageJson.iso(about.started()));
            json.writeStringField("instance", about.instanceId());
            json.writeStringField("prefix", about.topicPrefix());
            if (hasNames()) {
                writeRecorders(json);
            }
            writeParts(json);
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
            for (Map.Entry<String, String> option : host.configuration().entrySet()) {
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

    private boolean hasNames() {
        return recorders.get(0).name().isPresent();
    }

    private void writeRecorders(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("recorders");
        for (Watched recorder : recorders) {
            PageBackend.About about = recorder.bridge().about();
            json.writeStartObject();
            json.writeStringField("name", recorder.name().orElseThrow());
            json.writeStringField("instance", about.instanceId());
            json.writeStringField("prefix", about.topicPrefix());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Each recorder, and once what all have in common. */
    private void writeParts(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("parts");
        for (Part part : Part.values()) {
            if (part == Part.RECORDER) {
                for (Watched recorder : recorders) {
                    writePart(json, recorder, Sums.neighbour(List.of(recorder), part));
                }
            } else {
                writePart(json, recorders.get(0), Sums.neighbour(recorders, part));
            }
        }
        json.writeEndArray();
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

    byte[] event(Watched recorder, SeenEvent event) {
        return PageJson.bytes(json -> writeEvent(json, recorder, event));
    }

    byte[] part(Watched recorder, PartStatus part) {
        PartStatus told = part.part() == Part.RECORDER ? part : Sums.neighbour(recorders, part.part());
        return PageJson.bytes(json -> writePart(json, recorder, told));
    }

    /** The last visits of all, the newest first. */
    byte[] visits() {
        record Kept(Watched recorder, KeptVisit visit) {}
        List<Kept> all = recorders.stream()
                .flatMap(recorder -> recorder.history().visits().stream().map(visit -> new Kept(recorder, visit)))
                .toList();
        // Those of a single recorder are in their order already.
        List<Kept> sorted = recorders.size() == 1
                ? all
                : all.stream()
                        .sorted(Comparator.comparing(
                                        (Kept kept) -> kept.visit().visit().started())
                                .reversed())
                        .toList();
        return PageJson.object(json -> {
            json.writeArrayFieldStart("visits");
            for (Kept kept : sorted) {
                VisitJson.write(json, kept.visit(), kept.recorder());
            }
            json.writeEndArray();
        });
    }

    static byte[] visit(Watched recorder, KeptVisit visit) {
        return PageJson.bytes(json -> VisitJson.write(json, visit, recorder));
    }

    static byte[] line(LogLines.Line line) {
        return PageJson.bytes(json -> writeLine(json, line));
    }

    private void writeHealth(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("findings");
        for (Finding finding : findings()) {
            finding.writeTo(json);
        }
        json.writeEndArray();
        json.writeObjectFieldStart("counts");
        json.writeNumberField("seen", sum(counts -> counts.seen()));
        json.writeNumberField("published", sum(counts -> counts.published()));
        json.writeNumberField(
                "visits", Sums.of(recorders, recorder -> recorder.board().visits()));
        json.writeNumberField("missed", sum(counts -> counts.missed()));
        List<PageBackend.Waiting> waiting =
                recorders.stream().map(recorder -> recorder.bridge().waiting()).toList();
        json.writeNumberField(
                "dropped",
                waiting.stream().mapToLong(PageBackend.Waiting::dropped).sum());
        json.writeNumberField("refused", sum(counts -> counts.refused()));
        json.writeNumberField(
                "waiting",
                waiting.stream().mapToLong(PageBackend.Waiting::waiting).sum());
        PageJson.time(
                json,
                "oldest_waiting",
                waiting.stream()
                        .map(PageBackend.Waiting::oldest)
                        .flatMap(Optional::stream)
                        .min(Comparator.naturalOrder()));
        PageJson.text(json, "last_error", Sums.lastError(recorders));
        PageJson.time(json, "last_error_at", Sums.lastErrorAt(recorders));
        json.writeEndObject();
        List<LastHour.Minute> minutes = Sums.lastHour(recorders);
        json.writeObjectFieldStart("hour");
        writeNumbers(json, "events", minutes, minute -> OptionalLong.of(minute.events()));
        writeNumbers(json, "latency_median_ms", minutes, LastHour.Minute::median);
        writeNumbers(json, "latency_max_ms", minutes, LastHour.Minute::longest);
        json.writeEndObject();
        json.writeObjectFieldStart("history");
        json.writeNumberField(
                "limit_bytes", Sums.of(recorders, recorder -> recorder.history().limit()));
        json.writeNumberField(
                "used_bytes", Sums.of(recorders, recorder -> recorder.history().used()));
        json.writeEndObject();
        List<String> left = host.left();
        if (!left.isEmpty()) {
            PageJson.texts(json, "left", left);
        }
    }

    private long sum(ToLongFunction<StatusBoard.Counts> count) {
        return Sums.of(recorders, recorder -> count.applyAsLong(recorder.board().counts()));
    }

    /** What is wrong with recorders that do not run comes first. */
    private List<Finding> findings() {
        List<Finding> findings = new ArrayList<>(host.troubles());
        recorders.forEach(recorder ->
                recorder.board().counts().findings().stream().map(recorder::of).forEach(findings::add));
        return findings;
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
        for (Watched recorder : recorders) {
            for (StreamStatus stream : recorder.live().streams()) {
                writeStream(json, recorder, stream);
            }
        }
        json.writeEndArray();
    }

    private static void writeStream(JsonGenerator json, Watched recorder, StreamStatus stream) throws IOException {
        StreamStatus.Camera camera = stream.camera();
        json.writeStartObject();
        recorder.writeName(json);
        json.writeStringField("name", camera.name().raw());
        json.writeStringField("key", recorder.key(camera.name()));
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
            json.writeStringField("since", PageJson.iso(recorder.bridge().wall(present.getValue())));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeFieldName("last");
        if (stream.last().isPresent()) {
            writeEvent(json, recorder, stream.last().get());
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

    private static void writeEvent(JsonGenerator json, Watched recorder, SeenEvent event) throws IOException {
        json.writeStartObject();
        json.writeStringField("stream", recorder.key(event.stream()));
        json.writeStringField("at", PageJson.iso(recorder.bridge().wall(event.at())));
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

    private static void writePart(JsonGenerator json, Watched recorder, PartStatus part) throws IOException {
        json.writeStartObject();
        if (part.part() == Part.RECORDER) {
            recorder.writeName(json);
        }
        json.writeStringField("part", part.part().toString());
        json.writeStringField("state", part.condition().toString());
        PageJson.time(json, "since", part.since().map(recorder.bridge()::wall));
        json.writeStringField("sentence", recorder.bridge().spelled(part.sentence()));
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
