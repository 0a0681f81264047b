package io.lightnvr.mqtt.demo.recorder;

import com.sun.net.httpserver.Headers;
import java.util.Map;

/** The headers of every answer. */
final class ResponseHead {

    private static final Map<String, String> ALWAYS = Map.of(
            "Access-Control-Allow-Origin", "*",
            "Access-Control-Allow-Methods", "GET, POST, PUT, DELETE, OPTIONS",
            "Access-Control-Allow-Headers", "Content-Type, Authorization, X-Requested-With",
            "Access-Control-Allow-Credentials", "true",
            "Access-Control-Max-Age", "86400",
            "Cache-Control", "no-cache, no-store, must-revalidate",
            "Pragma", "no-cache",
            "Expires", "0");

    private ResponseHead() {}

    static void write(Headers headers, SimulatedAnswer answer) {
        headers.set("Content-Type", answer.contentType());
        answer.cookie().ifPresent(cookie -> headers.set("Set-Cookie", cookie));
        ALWAYS.forEach(headers::set);
    }
}
