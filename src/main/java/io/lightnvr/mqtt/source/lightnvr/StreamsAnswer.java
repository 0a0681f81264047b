package io.lightnvr.mqtt.source.lightnvr;

import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.SourceException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the answer to {@code /api/streams}, which needs a login. */
final class StreamsAnswer {

    /** The most streams read; LightNVR has 256 at most. */
    static final int MAX_STREAMS = 1_000;

    private static final int MAX_CHARACTERS = 1_000;

    private StreamsAnswer() {}

    /**
     * Returns every stream, and whether it is enabled.
     *
     * @throws SourceException if the answer has another form
     */
    static Map<StreamName, Boolean> read(RecorderAnswer answer) throws SourceException {
        JsonNode json = answer.json();
        if (!json.isArray()) {
            throw answer.unexpected();
        }
        Map<StreamName, Boolean> enabled = new LinkedHashMap<>();
        for (JsonNode stream : json) {
            boolean isEnabled = stream.path("enabled").asBoolean(true);
            if (enabled.size() < MAX_STREAMS) {
                name(answer, stream).ifPresent(name -> enabled.putIfAbsent(name, isEnabled));
            }
        }
        return enabled;
    }

    /**
     * Reads a stream's name; returns nothing if it is empty, or longer than any recorder's.
     *
     * @throws SourceException if there is no name
     */
    static Optional<StreamName> name(RecorderAnswer answer, JsonNode stream) throws SourceException {
        JsonNode name = stream.path("name");
        if (!name.isTextual()) {
            throw answer.unexpected();
        }
        return Optional.of(name.textValue())
                .filter(raw -> !raw.isEmpty() && raw.length() <= MAX_CHARACTERS)
                .map(StreamName::new);
    }
}
