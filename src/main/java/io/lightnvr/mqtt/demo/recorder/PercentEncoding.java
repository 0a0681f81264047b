package io.lightnvr.mqtt.demo.recorder;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** RFC 3986's escapes in a path: {@code %2F} is a slash, and {@code +} is a plus. */
final class PercentEncoding {

    private static final int HEX = 16;
    private static final int ESCAPE_LENGTH = 3;

    private PercentEncoding() {}

    /** Text without its escapes, read as UTF-8; what is no escape after a {@code %} stays as it is. */
    static String decode(String encoded) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        int at = 0;
        while (at < encoded.length()) {
            int escaped = escapedByte(encoded, at);
            if (escaped >= 0) {
                bytes.write(escaped);
                at += ESCAPE_LENGTH;
            } else {
                bytes.writeBytes(String.valueOf(encoded.charAt(at)).getBytes(StandardCharsets.UTF_8));
                at++;
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** The byte whose escape begins there, or -1. */
    private static int escapedByte(String text, int at) {
        if (text.charAt(at) != '%' || at + ESCAPE_LENGTH > text.length()) {
            return -1;
        }
        int high = Character.digit(text.charAt(at + 1), HEX);
        int low = Character.digit(text.charAt(at + 2), HEX);
        return high < 0 || low < 0 ? -1 : high * HEX + low;
    }
}
