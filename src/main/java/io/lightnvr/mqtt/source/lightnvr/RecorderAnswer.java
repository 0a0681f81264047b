package io.lightnvr.mqtt.source.lightnvr;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lightnvr.mqtt.source.SourceException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * An answer of the recorder. Its body is never shown to anyone: it can hold the passwords of cameras.
 *
 * @param call what was asked, for people
 * @param sentNanos when it was asked, on our monotonic clock
 * @param receivedNanos when the answer had come
 */
record RecorderAnswer(
        String call, int status, byte[] body, Optional<String> session, long sentNanos, long receivedNanos) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final DateTimeFormatter LOCAL_TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    /** A clock outside these years is none. */
    private static final int FIRST_YEAR = 1969;

    private static final int LAST_YEAR = 2106;

    boolean isOk() {
        return status == OK;
    }

    /** Whether it is a picture, by its first bytes. */
    boolean isJpeg() {
        return body.length > 2 && body[0] == (byte) 0xFF && body[1] == (byte) 0xD8;
    }

    /** Whether the recorder says that the call was wrong, not that it could not answer. */
    boolean isClientError() {
        return status / 100 == 4;
    }

    boolean isUnauthorized() {
        return status == UNAUTHORIZED;
    }

    /** Whether we may not have that. */
    boolean isRefused() {
        return isUnauthorized() || status == FORBIDDEN;
    }

    /**
     * The JSON of a good answer. Broken UTF-8, as in labels that were cut within a character, becomes U+FFFD.
     *
     * @throws SourceException where the answer is no good one, or no JSON
     */
    JsonNode json() throws SourceException {
        if (!isOk()) {
            throw badStatus();
        }
        try {
            JsonNode json = JSON.readTree(new String(body, StandardCharsets.UTF_8));
            if (json != null && !json.isMissingNode()) {
                return json;
            }
        } catch (JsonProcessingException e) {
            // Its message would show the body.
        }
        throw unexpected();
    }

    /** An object of a good answer. */
    JsonNode object() throws SourceException {
        JsonNode json = json();
        if (!json.isObject()) {
            throw unexpected();
        }
        return json;
    }

    /** What to say where an answer is no good one. */
    SourceException badStatus() {
        return new SourceException("The recorder answered %s with %d".formatted(call, status));
    }

    /** What to say where an answer is JSON, but not that which was asked for. */
    SourceException unexpected() {
        return new SourceException("The recorder's answer to %s is not one that LightNVR gives".formatted(call));
    }

    /** The recorder's local time in an answer, where it has one. */
    Optional<RecorderClock.Reading> clock(JsonNode json) {
        try {
            LocalDateTime local = LocalDateTime.parse(json.path("timestamp").asText(), LOCAL_TIME);
            return local.getYear() < FIRST_YEAR || local.getYear() > LAST_YEAR
                    ? Optional.empty()
                    : Optional.of(new RecorderClock.Reading(local, sentNanos, receivedNanos));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
