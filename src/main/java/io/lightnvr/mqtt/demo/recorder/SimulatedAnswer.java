package io.lightnvr.mqtt.demo.recorder;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What the recorder says.
 *
 * @param cookie the value of {@code Set-Cookie}, if it sets one
 */
record SimulatedAnswer(int status, String contentType, byte[] body, Optional<String> cookie) {

    private static final String JSON = "application/json";

    static SimulatedAnswer json(int status, JsonText body) {
        return new SimulatedAnswer(status, JSON, body.bytes(), Optional.empty());
    }

    static SimulatedAnswer ok(String json) {
        return new SimulatedAnswer(200, JSON, json.getBytes(StandardCharsets.UTF_8), Optional.empty());
    }

    static SimulatedAnswer error(int status, String text) {
        return json(status, new JsonText().beginObject().field("error", text).endObject());
    }

    static SimulatedAnswer html(int status, String text) {
        return new SimulatedAnswer(status, "text/html", text.getBytes(StandardCharsets.UTF_8), Optional.empty());
    }

    static SimulatedAnswer streamNotFound() {
        return error(404, "Stream not found");
    }

    SimulatedAnswer withCookie(String value) {
        return new SimulatedAnswer(status, contentType, body, Optional.of(value));
    }
}
