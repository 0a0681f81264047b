package io.lightnvr.mqtt.publish;

import com.fasterxml.jackson.core.JsonGenerator;
import io.lightnvr.mqtt.event.EventTime;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.visit.VisitBest;
import io.lightnvr.mqtt.visit.VisitLabel;
import io.lightnvr.mqtt.visit.VisitReport;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Renders reports of visits to the bytes that are published. Thread-safe.
 *
 * @param links where people find what a visit tells of
 */
public record VisitRenderer(Links links) {

    /** Where people find what a visit tells of. */
    public interface Links {

        /** The topic of the picture of a stream, if there are pictures of it. */
        Optional<String> picture(StreamName stream);

        /** The recorder's page of a stream at a second, if people can open it. */
        Optional<String> page(StreamName stream, long second);
    }

    /** The event type at the end of a visit. */
    public static final String ENDED = "ended";

    /** Renders what a report tells of, to be sent from now on: the report, and an event for each new type and for the end. */
    public List<RenderedVisit> render(VisitReport report, boolean alert, Instant now) {
        List<RenderedVisit> all = new ArrayList<>();
        all.add(new RenderedVisit(RenderedVisit.Kind.REPORT, report.stream(), now, report(report, alert)));
        report.newTypes().forEach(type -> all.add(event(report, type, now)));
        if (report.type() == VisitReport.Type.END) {
            all.add(event(report, ENDED, now));
        }
        return all;
    }

    /** No boxes and no revision: Home Assistant keeps the history of what it shows. */
    private RenderedVisit event(VisitReport report, String type, Instant now) {
        byte[] head = CompactJson.head(json -> {
            json.writeStringField("event_type", type);
            json.writeStringField("visit_id", report.visitId());
            json.writeStringField("started", iso(report.started()));
            json.writeStringField("label", report.best().label());
            CompactJson.number(json, "confidence", report.best().confidence());
            CompactJson.texts(json, "groups", report.groups());
            CompactJson.texts(json, "zones", report.zones());
            json.writeNumberField("duration", report.duration());
            optional(json, "page", links.page(report.stream(), report.started()));
            optional(json, "clip", report.clip());
        });
        return new RenderedVisit(RenderedVisit.Kind.EVENT, report.stream(), now, head);
    }

    private byte[] report(VisitReport report, boolean alert) {
        return CompactJson.object(json -> {
            json.writeStringField("type", report.type().name().toLowerCase(Locale.ROOT));
            json.writeStringField("visit_id", report.visitId());
            json.writeNumberField("revision", report.revision());
            json.writeStringField("stream", report.stream().raw());
            json.writeStringField("started", iso(report.started()));
            optional(
                    json,
                    "ended",
                    report.ended().stream().mapToObj(VisitRenderer::iso).findFirst());
            json.writeNumberField("duration", report.duration());
            json.writeStringField("event_type", report.eventType());
            CompactJson.texts(json, "groups", report.groups());
            labels(json, report);
            CompactJson.texts(json, "zones", report.zones());
            json.writeNumberField("events", report.events());
            best(json, report.best());
            json.writeBooleanField("alert", alert);
            optional(json, "picture", links.picture(report.stream()));
            optional(json, "page", links.page(report.stream(), report.started()));
            optional(json, "clip", report.clip());
        });
    }

    private static void labels(JsonGenerator json, VisitReport report) throws IOException {
        json.writeObjectFieldStart("labels");
        for (Map.Entry<String, VisitLabel> label : report.labels().entrySet()) {
            json.writeObjectFieldStart(label.getKey());
            json.writeNumberField("most", label.getValue().most());
            CompactJson.number(json, "confidence", label.getValue().confidence());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void best(JsonGenerator json, VisitBest best) throws IOException {
        json.writeObjectFieldStart("best");
        json.writeStringField("label", best.label());
        CompactJson.number(json, "confidence", best.confidence());
        CompactJson.number(json, "x", best.box().x());
        CompactJson.number(json, "y", best.box().y());
        CompactJson.number(json, "width", best.box().width());
        CompactJson.number(json, "height", best.box().height());
        json.writeStringField("timestamp_iso", iso(best.second()));
        json.writeStringField("event_id", best.eventId());
        json.writeEndObject();
    }

    private static void optional(JsonGenerator json, String field, Optional<String> text) throws IOException {
        json.writeFieldName(field);
        if (text.isPresent()) {
            json.writeString(text.get());
        } else {
            json.writeNull();
        }
    }

    private static String iso(long second) {
        return EventTime.of(second).toString();
    }
}
