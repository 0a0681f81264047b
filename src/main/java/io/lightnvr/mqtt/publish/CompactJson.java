package io.lightnvr.mqtt.publish;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Writes JSON without white space, in UTF-8 with no more escapes than JSON needs. Thread-safe. */
final class CompactJson {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private static final int USUAL_BYTES = 1_024;

    private CompactJson() {}

    /** Writes the fields of an object. */
    @FunctionalInterface
    interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    /** The bytes of an object. */
    static byte[] object(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BYTES);
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Memory takes everything", e);
        }
        return bytes.toByteArray();
    }

    /** Writes a field with texts. */
    static void texts(JsonGenerator json, String field, List<String> texts) throws IOException {
        json.writeArrayFieldStart(field);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    /** The bytes of an object without its last brace, for {@link #completed}. */
    static byte[] head(Fields fields) {
        byte[] object = object(fields);
        return Arrays.copyOf(object, object.length - 1);
    }

    /** The bytes of an object that begins with a head. */
    static byte[] completed(byte[] head, String tail) {
        byte[] rest = (tail + "}").getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(head.length + rest.length)
                .put(head)
                .put(rest)
                .array();
    }

    /** Writes a field with a number as its shortest decimal. */
    static void number(JsonGenerator json, String field, float number) throws IOException {
        json.writeFieldName(field);
        json.writeNumber(ShortestDecimal.of(number));
    }
}
