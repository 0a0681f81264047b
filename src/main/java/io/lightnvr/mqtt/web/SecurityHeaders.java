package io.lightnvr.mqtt.web;

import java.util.HashMap;
import java.util.Map;

/** The headers of every answer, which forbid browsers what the page does not need. */
final class SecurityHeaders {

    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors ";

    private SecurityHeaders() {}

    /** @param ingress whether Home Assistant shows the page in a frame, from its own address */
    static Map<String, String> of(boolean ingress) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Security-Policy", POLICY + (ingress ? "'self'" : "'none'"));
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        if (!ingress) {
            headers.put("X-Frame-Options", "DENY");
        }
        return headers;
    }
}
