package io.lightnvr.mqtt.web;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.status.VisitStatus;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A visit of the history as JSON, for the page and for the disk. */
final class VisitJson {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    /** Of a visit; none lasts for a century. */
    private static final long MOST_SECONDS = 100L * 366 * 24 * 3_600;

    /** Of a picture; that many there cannot be. */
    private static final int HIGHEST_NUMBER = 1_000_000_000;

    private VisitJson() {}

    /** For the disk. */
    static void write(JsonGenerator json, KeptVisit kept) throws IOException {
        write(json, kept, kept.visit().stream().key(), none -> {});
    }

    /** For the page, which knows the recorder too where there are several. */
    static void write(JsonGenerator json, KeptVisit kept, Watched recorder) throws IOException {
        write(json, kept, recorder.key(kept.visit().stream()), recorder::writeName);
    }

    private static void write(JsonGenerator json, KeptVisit kept, String stream, PageJson.Writer more)
            throws IOException {
        VisitStatus visit = kept.visit();
        json.writeStartObject();
        json.writeStringField("id", visit.id());
        more.write(json);
        json.writeStringField("stream", stream);
        json.writeStringField("name", visit.stream().raw());
        json.writeStringField("phase", visit.phase().name().toLowerCase(Locale.ROOT));
        json.writeStringField("started", PageJson.iso(visit.started()));
        PageJson.time(json, "ended", visit.ended());
        json.writeNumberField("duration", visit.duration());
        json.writeStringField("type", visit.type());
        PageJson.texts(json, "groups", visit.groups());
        json.writeObjectFieldStart("labels");
        for (Map.Entry<String, Integer> label : visit.labels().entrySet()) {
            json.writeNumberField(label.getKey(), label.getValue());
        }
        json.writeEndObject();
        PageJson.texts(json, "zones", visit.zones());
        json.writeNumberField("events", visit.events());
        write(json, "best", Optional.of(visit.best()));
        if (kept.hasPicture()) {
            json.writeNumberField("picture", kept.picture());
        } else {
            json.writeBooleanField("picture", false);
        }
        write(json, "shown", kept.shown());
        PageJson.text(json, "page", visit.page());
        PageJson.text(json, "clip", visit.clip());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String name, Optional<VisitStatus.Shown> shown) throws IOException {
        json.writeFieldName(name);
        if (shown.isEmpty()) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        json.writeStringField("label", shown.get().label());
        json.writeNumberField("confidence", shown.get().confidence());
        PageJson.box(json, shown.get().box());
        json.writeEndObject();
    }

    /** What {@link #write} wrote; nothing if it is something else. */
    static Optional<KeptVisit> read(JsonNode json) {
        try {
            Optional<VisitStatus.Shown> best = shown(json.path("best"));
            String id = json.path("id").asText();
            int picture = json.path("picture").asInt();
            long duration = json.path("duration").asLong();
            boolean isPossible = picture >= 0 && picture <= HIGHEST_NUMBER && duration >= 0 && duration <= MOST_SECONDS;
            if (!ID.matcher(id).matches() || best.isEmpty() || !isPossible) {
                return Optional.empty();
            }
            Map<String, Integer> labels = new LinkedHashMap<>();
            json.path("labels")
                    .properties()
                    .forEach(
                            label -> labels.put(label.getKey(), label.getValue().asInt()));
            VisitStatus visit = new VisitStatus(
                    id,
                    new StreamName(json.path("name").asText()),
                    VisitStatus.Phase.valueOf(json.path("phase").asText().toUpperCase(Locale.ROOT)),
                    Instant.parse(json.path("started").asText()),
                    text(json.path("ended")).map(Instant::parse),
                    duration,
                    json.path("type").asText(),
                    texts(json.path("groups")),
                    labels,
                    texts(json.path("zones")),
                    json.path("events").asInt(),
                    best.get(),
                    text(json.path("page")),
                    text(json.path("clip")));
            return Optional.of(new KeptVisit(visit, picture, shown(json.path("shown"))));
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<VisitStatus.Shown> shown(JsonNode json) {
        JsonNode box = json.path("box");
        return box.size() == 4
                ? Optional.of(new VisitStatus.Shown(
                        json.path("label").asText(),
                        finite(json.path("confidence")),
                        new Box(number(box, 0), number(box, 1), number(box, 2), number(box, 3))))
                : Optional.empty();
    }

    private static float number(JsonNode numbers, int index) {
        return finite(numbers.path(index));
    }

    private static float finite(JsonNode json) {
        float number = (float) json.asDouble();
        if (!Float.isFinite(number)) {
            throw new IllegalArgumentException("Not a number that can be drawn");
        }
        return number;
    }

    private static Optional<String> text(JsonNode json) {
        return json.isTextual() ? Optional.of(json.asText()) : Optional.empty();
    }

    private static List<String> texts(JsonNode json) {
        List<String> texts = new ArrayList<>();
        json.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
