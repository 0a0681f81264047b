package io.lightnvr.mqtt.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** An answer: whole, written bit by bit, or a stream of events. Immutable, as long as nobody changes the given bytes. */
public final class Answer {

    private static final String JSON_TYPE = "application/json";
    private static final int OK = 200;

    private final int status;
    private final Map<String, String> headers;
    private final Body body;

    /** Writes a body bit by bit. */
    @FunctionalInterface
    public interface Streamed {

        /**
         * Writes the body.
         *
         * @param out sends each write at once
         * @throws IOException that of {@code out}, when the other side has gone
         * @throws InterruptedException if the page closes meanwhile
         */
        void writeTo(OutputStream out) throws IOException, InterruptedException;
    }

    /** What follows the head. */
    sealed interface Body {}

    /** All of it. */
    record Whole(byte[] bytes) implements Body {}

    /** Bit by bit. */
    record Bits(Streamed streamed) implements Body {}

    /** What the broadcast sends. */
    record Events() implements Body {}

    private Answer(int status, Map<String, String> headers, Body body) {
        this.status = status;
        this.headers = Map.copyOf(headers);
        this.body = body;
    }

    /** JSON that nobody may keep. */
    public static Answer json(byte[] json) {
        return of(OK, JSON_TYPE, json);
    }

    /** Plain text that nobody may keep. */
    public static Answer text(String text) {
        return of(OK, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /** Any other answer that nobody may keep. */
    public static Answer of(int status, String contentType, byte[] body) {
        return new Answer(status, Map.of("Content-Type", contentType, "Cache-Control", "no-store"), new Whole(body));
    }

    /** A failure: {@code {"error": sentence}}. */
    public static Answer error(int status, String sentence) {
        return of(status, JSON_TYPE, PageJson.error(sentence));
    }

    /** What never changes at its address, so that browsers keep it for a year. */
    public static Answer immutable(String contentType, byte[] body) {
        return of(OK, contentType, body).with("Cache-Control", "private, max-age=31536000, immutable");
    }

    /** An answer whose length and end nobody knows yet. */
    public static Answer streamed(String contentType, Streamed body) {
        return unbuffered(contentType, new Bits(body));
    }

    /** Makes the one who asks a listener of the {@link Broadcast}. */
    public static Answer events() {
        return unbuffered("text/event-stream", new Events());
    }

    /** No proxy may compress it or hold it back; Home Assistant and nginx honour one header each. */
    private static Answer unbuffered(String contentType, Body body) {
        return new Answer(
                OK,
                Map.of(
                        "Content-Type", contentType,
                        "Cache-Control", "no-store, no-transform",
                        "X-Accel-Buffering", "no"),
                body);
    }

    /** The same answer with another header, which replaces the one of that name. */
    public Answer with(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new Answer(status, more, body);
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The headers that are special to it. */
    public Map<String, String> headers() {
        return headers;
    }

    Body body() {
        return body;
    }
}
