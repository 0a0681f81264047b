package io.lightnvr.mqtt.source.lightnvr;

import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.SourceException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads {@code /api/streams}, which needs a login. */
final class StreamsAnswer {

    /** So many streams are believed; LightNVR has 256 at most. */
    static final int MOST_STREAMS = 1_000;

    private static final int MOST_CHARACTERS = 1_000;

    private StreamsAnswer() {}

    /**
     * Every stream, and whether it is enabled.
     *
     * @throws SourceException where it is not such an answer
     */
    static Map<StreamName, Boolean> read(RecorderAnswer answer) throws SourceException {
        JsonNode json = answer.json();
        if (!json.isArray()) {
            throw answer.unexpected();
        }
        Map<StreamName, Boolean> enabled = new LinkedHashMap<>();
        for (JsonNode stream : json) {
            boolean isEnabled = stream.path("enabled").asBoolean(true);
            if (enabled.size() < MOST_STREAMS) {
                name(answer, stream).ifPresent(name -> enabled.putIfAbsent(name, isEnabled));
            }
        }
        return enabled;
    }

    /**
     * A stream's name; nothing where it is empty, or longer than any recorder's.
     *
     * @throws SourceException where it has no name at all
     */
    static Optional<StreamName> name(RecorderAnswer answer, JsonNode stream) throws SourceException {
        JsonNode name = stream.path("name");
        if (!name.isTextual()) {
            throw answer.unexpected();
        }
        return Optional.of(name.textValue())
                .filter(raw -> !raw.isEmpty() && raw.length() <= MOST_CHARACTERS)
                .map(StreamName::new);
    }
}
