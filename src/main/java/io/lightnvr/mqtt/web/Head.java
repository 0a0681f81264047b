package io.lightnvr.mqtt.web;

import com.sun.net.httpserver.HttpExchange;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a request begins with, and who sends it.
 *
 * @param rawPath as it was sent, with its slash and its escapes
 * @param rawQuery as it was sent, {@code ""} for none
 * @param headers by their names, in whatever case
 */
record Head(InetAddress peer, String method, String rawPath, String rawQuery, Map<String, List<String>> headers) {

    /** Empty segments, those that lead elsewhere, and what no name here has; {@code ""} is the page itself. */
    private static final Pattern PATH = Pattern.compile("|(?!\\.)[^/\\\\\\p{Cntrl}]+(/(?!\\.)[^/\\\\\\p{Cntrl}]+)*");

    private static final int LONGEST_PATH = 256;
    private static final String ESCAPED_SLASH = "%2f";
    private static final int LINE_BYTES = 4;

    Head {
        Map<String, List<String>> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        byName.putAll(headers);
        headers = byName;
    }

    static Head of(HttpExchange exchange) {
        String query = exchange.getRequestURI().getRawQuery();
        return new Head(
                exchange.getRemoteAddress().getAddress(),
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                query == null ? "" : query,
                exchange.getRequestHeaders());
    }

    /** The value of a header; empty if there is none, or more than one. */
    Optional<String> header(String name) {
        List<String> values = all(name);
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }

    /** All values of a header. */
    List<String> all(String name) {
        return headers.getOrDefault(name, List.of());
    }

    /** About how many bytes it was sent as; at least as many as its names and values have. */
    int bytes() {
        int line = method.length() + rawPath.length() + rawQuery.length();
        return headers.entrySet().stream()
                .flatMap(header ->
                        header.getValue().stream().map(value -> header.getKey().length() + value.length() + LINE_BYTES))
                .reduce(line, Integer::sum);
    }

    /** The path without its slash, decoded; empty if nothing here can have it. */
    Optional<String> path() {
        if (!rawPath.startsWith("/")
                || rawPath.length() > LONGEST_PATH
                || rawPath.toLowerCase(Locale.ROOT).contains(ESCAPED_SLASH)) {
            return Optional.empty();
        }
        return decoded(rawPath.substring(1).replace("+", "%2B"))
                .filter(path -> PATH.matcher(path).matches());
    }

    /** The query, decoded, with the first value of each name. */
    Map<String, String> query() {
        Map<String, String> values = new HashMap<>();
        for (String pair : rawQuery.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                decoded(pair.substring(0, equals))
                        .ifPresent(name -> decoded(pair.substring(equals + 1))
                                .ifPresent(value -> values.putIfAbsent(name, value)));
            }
        }
        return values;
    }

    private static Optional<String> decoded(String text) {
        try {
            return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
