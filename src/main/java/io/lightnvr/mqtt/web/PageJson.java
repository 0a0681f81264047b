package io.lightnvr.mqtt.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.lightnvr.mqtt.event.Box;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Optional;

/** Writes JSON in UTF-8 as the page reads it. */
final class PageJson {

    private static final JsonFactory JSON = new JsonFactory();
    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private PageJson() {}

    /** Writes a part of JSON. */
    @FunctionalInterface
    interface Writer {
        void write(JsonGenerator json) throws IOException;
    }

    /** An object with the members that are written. */
    static byte[] object(Writer members) {
        return bytes(json -> {
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
        });
    }

    /** One value; what UTF-8 cannot encode becomes {@code ?}. */
    static byte[] bytes(Writer value) {
        // A generator of bytes would refuse such text.
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            value.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory", e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** An answer to an action. */
    static byte[] sentence(String sentence) {
        return object(json -> json.writeStringField("sentence", sentence));
    }

    /** Why something could not be done. */
    static byte[] error(String sentence) {
        return object(json -> json.writeStringField("error", sentence));
    }

    /** A time with milliseconds. */
    static String iso(Instant time) {
        return MILLISECONDS.format(time);
    }

    static void time(JsonGenerator json, String name, Optional<Instant> time) throws IOException {
        text(json, name, time.map(PageJson::iso));
    }

    static void text(JsonGenerator json, String name, Optional<String> text) throws IOException {
        json.writeFieldName(name);
        if (text.isPresent()) {
            json.writeString(text.get());
        } else {
            json.writeNull();
        }
    }

    static void texts(JsonGenerator json, String name, Collection<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    static void box(JsonGenerator json, Box box) throws IOException {
        json.writeArrayFieldStart("box");
        json.writeNumber(box.x());
        json.writeNumber(box.y());
        json.writeNumber(box.width());
        json.writeNumber(box.height());
        json.writeEndArray();
    }
}
