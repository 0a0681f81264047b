package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.event.StreamName;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A stream's name in a URL, percent-encoded but for the bytes that RFC 3986 calls unreserved; {@code +} is encoded.
 *
 * @param stream the stream
 * @param text the encoded name
 */
record PathSegment(StreamName stream, String text) {

    /** The longest name that the recorder accepts. */
    static final int MAX_CHARACTERS = 255;

    private static final String UNRESERVED = "-._~";

    /** Encodes a name; returns nothing if it is too long for the recorder. */
    static Optional<PathSegment> of(StreamName stream) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : stream.raw().getBytes(StandardCharsets.UTF_8)) {
            if (isUnreserved(b)) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return encoded.length() > MAX_CHARACTERS
                ? Optional.empty()
                : Optional.of(new PathSegment(stream, dotsEncoded(encoded.toString())));
    }

    @Override
    public String toString() {
        return text;
    }

    /** A segment of dots alone would name another folder. */
    private static String dotsEncoded(String segment) {
        return segment.equals(".") || segment.equals("..") ? segment.replace(".", "%2E") : segment;
    }

    private static boolean isUnreserved(byte b) {
        return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || UNRESERVED.indexOf(b) >= 0;
    }
}
