package io.lightnvr.mqtt.source.lightnvr;

import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.event.Zone;
import io.lightnvr.mqtt.source.SourceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the answer to {@code /api/streams/{name}/zones}, which needs a login. */
final class ZonesAnswer {

    /** The most characters of a text: far more than all labels of a model together. */
    private static final int MOST_CHARACTERS = 10_000;

    private ZonesAnswer() {}

    /**
     * Returns the zones in the order of their creation.
     *
     * @throws SourceException if the answer has another form
     */
    static List<Zone> read(RecorderAnswer answer) throws SourceException {
        JsonNode list = answer.object().path("zones");
        if (!list.isArray()) {
            throw answer.unexpected();
        }
        List<Zone> zones = new ArrayList<>();
        for (JsonNode zone : list) {
            JsonNode name = zone.path("name");
            if (!name.isTextual()) {
                throw answer.unexpected();
            }
            zones.add(new Zone(
                    text(answer, zone, "id"),
                    text(answer, zone, "name"),
                    zone.path("enabled").asBoolean(true),
                    polygon(answer, zone.path("polygon")),
                    labels(text(answer, zone, "filter_classes")),
                    (float) zone.path("min_confidence").asDouble(0)));
        }
        return zones;
    }

    private static String text(RecorderAnswer answer, JsonNode zone, String field) throws SourceException {
        String text = zone.path(field).asText("");
        if (text.length() > MOST_CHARACTERS) {
            throw answer.unexpected();
        }
        return text;
    }

    private static List<Zone.Point> polygon(RecorderAnswer answer, JsonNode corners) throws SourceException {
        List<Zone.Point> polygon = new ArrayList<>();
        for (JsonNode corner : corners) {
            JsonNode x = corner.path("x");
            JsonNode y = corner.path("y");
            if (!x.isNumber() || !y.isNumber()) {
                throw answer.unexpected();
            }
            polygon.add(new Zone.Point((float) x.doubleValue(), (float) y.doubleValue()));
        }
        return polygon;
    }

    /** Splits labels as the recorder does: a text of commas alone accepts no label. */
    private static Set<String> labels(String commaSeparated) {
        return commaSeparated.isEmpty()
                ? Set.of()
                : Stream.of(commaSeparated.split(",", -1)).map(String::strip).collect(Collectors.toSet());
    }
}
