package io.lightnvr.mqtt.source.lightnvr;

import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.SourceException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the answer to {@code /api/streams}, which needs a login. */
final class StreamsAnswer {

    /** The most streams read; LightNVR has 256 at most. */
    static final int MAX_STREAMS = 1_000;

    private static final int MAX_CHARACTERS = 1_000;

    private static final Set<String> FIELDS = Set.of("name", "enabled", "privacy_mode", "camera_uuid");

    private StreamsAnswer() {}

    /**
     * A stream as the recorder lists it.
     *
     * @param isPrivate whether it is in privacy mode, in which nobody may see a picture of it
     * @param cameraUuid the identity of its camera; LightNVR before 0.39 shows none
     */
    record Listed(boolean enabled, boolean isPrivate, Optional<String> cameraUuid) {}

    /**
     * Returns every stream.
     *
     * @throws SourceException if the answer has another form
     */
    static Map<StreamName, Listed> read(RecorderAnswer answer) throws SourceException {
        JsonNode json = answer.json(FIELDS);
        if (!json.isArray()) {
            throw answer.unexpected();
        }
        Map<StreamName, Listed> streams = new LinkedHashMap<>();
        for (JsonNode stream : json) {
            Listed listed = listed(stream);
            if (streams.size() < MAX_STREAMS) {
                name(answer, stream).ifPresent(name -> streams.putIfAbsent(name, listed));
            }
        }
        return streams;
    }

    private static Listed listed(JsonNode stream) {
        return new Listed(
                stream.path("enabled").asBoolean(true),
                stream.path("privacy_mode").asBoolean(false),
                Optional.ofNullable(stream.path("camera_uuid").textValue())
                        .filter(uuid -> !uuid.isEmpty() && uuid.length() <= MAX_CHARACTERS));
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
