package io.lightnvr.mqtt.demo.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A client's request.
 *
 * @param path as it was sent, with its escapes and without the query
 * @param query as it was sent, {@code ""} for none
 */
record Request(String method, String path, String query, Headers headers, byte[] body) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_BODY_BYTES = 1 << 20;

    static Request of(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        return new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                query == null ? "" : query,
                exchange.getRequestHeaders(),
                exchange.getRequestBody().readNBytes(MAX_BODY_BYTES));
    }

    /** Part of a path or a query without RFC 3986's escapes, read as UTF-8: {@code %2F} is a slash, and {@code +} is a plus. */
    static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.getFirst(name));
    }

    /** The body as JSON; a missing node if it is none. */
    JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    /**
     * A number of the query as the recorder reads it: the digits that the text begins with, so that it misreads
     * milliseconds and dates without an error; 0 if there are none.
     */
    long number(String key) {
        return value(key).map(Request::leadingDigits).orElse(0L);
    }

    /** A value of the query as it was sent, with its escapes. */
    Optional<String> value(String key) {
        return Arrays.stream(query.split("&"))
                .filter(pair -> pair.startsWith(key + "="))
                .map(pair -> pair.substring(key.length() + 1))
                .findFirst();
    }

    private static long leadingDigits(String text) {
        long number = 0;
        for (int i = 0; i < text.length() && Character.isDigit(text.charAt(i)) && number < Long.MAX_VALUE / 100; i++) {
            number = number * 10 + Character.digit(text.charAt(i), 10);
        }
        return number;
    }
}
