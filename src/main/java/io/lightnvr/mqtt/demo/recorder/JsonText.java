package io.lightnvr.mqtt.demo.recorder;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes JSON as the recorder's library does: without spaces, numbers by {@link CNumber}, and text byte by byte, so that broken
 * UTF-8 stays broken.
 */
final class JsonText {

    private static final String ESCAPED = "\"\\\b\f\n\r\t";
    private static final String ESCAPES = "\"\\bfnrt";
    private static final int FIRST_PRINTABLE = 0x20;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private boolean needsComma;

    /** Text as a JSON string, for templates. */
    static String quoted(String text) {
        return new JsonText().value(text).toString();
    }

    JsonText beginObject() {
        return open('{');
    }

    JsonText endObject() {
        return close('}');
    }

    JsonText beginArray() {
        return open('[');
    }

    JsonText endArray() {
        return close(']');
    }

    JsonText name(String name) {
        value(name);
        out.write(':');
        needsComma = false;
        return this;
    }

    JsonText field(String name, String text) {
        return name(name).value(text);
    }

    JsonText field(String name, double number) {
        return name(name).raw(CNumber.text(number));
    }

    JsonText field(String name, boolean flag) {
        return name(name).raw(Boolean.toString(flag));
    }

    JsonText value(String text) {
        return value(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A string of bytes that should be UTF-8. */
    JsonText value(byte[] text) {
        separate();
        out.write('"');
        for (byte b : text) {
            writeEscaped(b);
        }
        out.write('"');
        return this;
    }

    /** A value that is JSON already. */
    JsonText raw(String json) {
        separate();
        out.writeBytes(json.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    @Override
    public String toString() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private JsonText open(char bracket) {
        separate();
        out.write(bracket);
        needsComma = false;
        return this;
    }

    private JsonText close(char bracket) {
        out.write(bracket);
        needsComma = true;
        return this;
    }

    private void separate() {
        if (needsComma) {
            out.write(',');
        }
        needsComma = true;
    }

    private void writeEscaped(byte b) {
        int escape = ESCAPED.indexOf(b);
        if (escape >= 0) {
            out.write('\\');
            out.write(ESCAPES.charAt(escape));
        } else if (b >= 0 && b < FIRST_PRINTABLE) {
            out.writeBytes("\\u%04x".formatted(b).getBytes(StandardCharsets.US_ASCII));
        } else {
            out.write(b);
        }
    }
}
