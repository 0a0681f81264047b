package io.lightnvr.mqtt.source.lightnvr;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Answers of a real LightNVR 0.37.2, byte for byte, head and body. */
final class Captured {

    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private Captured() {}

    /** The whole answer. */
    static byte[] bytes(String name) {
        try (InputStream file = Captured.class.getResourceAsStream(name + ".txt")) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The answer as the client gives it. */
    static RecorderAnswer answer(String name) {
        byte[] bytes = bytes(name);
        int end = endOfHead(bytes);
        int status = Integer.parseInt(new String(bytes, 9, 3, StandardCharsets.US_ASCII));
        return answer(status, Arrays.copyOfRange(bytes, end, bytes.length));
    }

    static RecorderAnswer answer(int status, byte[] body) {
        return new RecorderAnswer("GET /something", status, body, Optional.empty(), Optional.empty(), 0, 0);
    }

    /** A good answer with this body. */
    static RecorderAnswer good(String body) {
        return answer(200, body.getBytes(StandardCharsets.UTF_8));
    }

    /** Where the body begins. */
    static int endOfHead(byte[] bytes) {
        for (int i = 0; i + END_OF_HEAD.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + END_OF_HEAD.length, END_OF_HEAD, 0, END_OF_HEAD.length)) {
                return i + END_OF_HEAD.length;
            }
        }
        return -1;
    }
}
