package io.lightnvr.mqtt.demo.recorder;

import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * An answer of the recorder.
 *
 * @param cookie the value of {@code Set-Cookie}, if it sets one
 */
record SimulatedAnswer(int status, String contentType, byte[] body, Optional<String> cookie) {

    private static final String JSON = "application/json";
    private static final Map<String, String> ALWAYS = Map.of(
            "Access-Control-Allow-Origin", "*",
            "Access-Control-Allow-Methods", "GET, POST, PUT, DELETE, OPTIONS",
            "Access-Control-Allow-Headers", "Content-Type, Authorization, X-Requested-With",
            "Access-Control-Allow-Credentials", "true",
            "Access-Control-Max-Age", "86400",
            "Cache-Control", "no-cache, no-store, must-revalidate",
            "Pragma", "no-cache",
            "Expires", "0");

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

    void writeHead(Headers headers) {
        headers.set("Content-Type", contentType);
        cookie.ifPresent(value -> headers.set("Set-Cookie", value));
        ALWAYS.forEach(headers::set);
    }
}
