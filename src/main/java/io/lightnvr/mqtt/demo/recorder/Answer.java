package io.lightnvr.mqtt.demo.recorder;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What the recorder says.
 *
 * @param cookie the value of {@code Set-Cookie}, if it sets one
 */
record Answer(int status, String contentType, byte[] body, Optional<String> cookie) {

    private static final String JSON = "application/json";

    static Answer json(int status, JsonText body) {
        return new Answer(status, JSON, body.bytes(), Optional.empty());
    }

    static Answer ok(String json) {
        return new Answer(200, JSON, json.getBytes(StandardCharsets.UTF_8), Optional.empty());
    }

    static Answer error(int status, String text) {
        return json(status, new JsonText().beginObject().field("error", text).endObject());
    }

    static Answer html(int status, String text) {
        return new Answer(status, "text/html", text.getBytes(StandardCharsets.UTF_8), Optional.empty());
    }

    static Answer streamNotFound() {
        return error(404, "Stream not found");
    }

    Answer withCookie(String value) {
        return new Answer(status, contentType, body, Optional.of(value));
    }
}
