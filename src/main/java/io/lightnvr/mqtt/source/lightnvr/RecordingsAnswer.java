package io.lightnvr.mqtt.source.lightnvr;

import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.Recording;
import io.lightnvr.mqtt.source.SourceException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The answer to {@code /api/recordings}, which lists finished recordings only. */
final class RecordingsAnswer {

    private RecordingsAnswer() {}

    /**
     * Reads the recordings of a stream; what cannot be read, or is of another stream, is left out.
     *
     * @throws SourceException if the answer has another form
     */
    static List<Recording> read(RecorderAnswer answer, StreamName stream) throws SourceException {
        JsonNode list = answer.object().path("recordings");
        if (!list.isArray()) {
            throw answer.unexpected();
        }
        List<Recording> recordings = new ArrayList<>();
        for (JsonNode json : list) {
            if (json.path("stream").asText().equals(stream.raw())) {
                recording(json).ifPresent(recordings::add);
            }
        }
        return recordings;
    }

    private static Optional<Recording> recording(JsonNode json) {
        JsonNode id = json.path("id");
        OptionalLong start = second(json, "start_time");
        OptionalLong end = second(json, "end_time");
        return id.canConvertToLong() && start.isPresent() && end.isPresent()
                ? Optional.of(
                        new Recording("/api/recordings/play/" + id.longValue(), start.getAsLong(), end.getAsLong()))
                : Optional.empty();
    }

    /** A time is there as a number, and as a text in UTC. */
    private static OptionalLong second(JsonNode json, String field) {
        JsonNode number = json.path(field + "_unix");
        if (number.isNumber() && number.canConvertToLong()) {
            return OptionalLong.of(number.longValue());
        }
        try {
            return OptionalLong.of(Instant.parse(json.path(field).asText()).getEpochSecond());
        } catch (DateTimeException e) {
            return OptionalLong.empty();
        }
    }
}
