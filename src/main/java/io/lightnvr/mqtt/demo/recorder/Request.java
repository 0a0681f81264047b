package io.lightnvr.mqtt.demo.recorder;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a client asks.
 *
 * @param path as it was sent, with its escapes and without the query
 * @param query as it was sent, {@code ""} for none
 */
record Request(String method, String path, String query, Headers headers, byte[] body) {

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

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.getFirst(name));
    }

    /**
     * A number of the query as the recorder reads it: the digits that the text begins with, so that it misreads
     * milliseconds and dates without a word; 0 where there are none.
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
