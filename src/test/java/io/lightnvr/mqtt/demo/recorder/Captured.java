package io.lightnvr.mqtt.demo.recorder;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * An answer of a real LightNVR 0.37.2, as it came over the wire. Its text is read byte for byte as ISO 8859-1, so that
 * bodies may be compared whole, broken UTF-8 included.
 *
 * @param headers by name in lower case, without the body's length
 */
record Captured(int status, Map<String, String> headers, String body) {

    static Captured read(String name) {
        String all = text(name);
        int end = all.indexOf("\r\n\r\n");
        String[] head = all.substring(0, end).split("\r\n");
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < head.length; i++) {
            String[] pair = head[i].split(": ", 2);
            headers.put(pair[0].toLowerCase(Locale.ROOT), pair[1]);
        }
        headers.remove("content-length");
        return new Captured(Integer.parseInt(head[0].split(" ")[1]), headers, all.substring(end + 4));
    }

    private static String text(String name) {
        try (InputStream file = Captured.class.getResourceAsStream(name + ".txt")) {
            return new String(file.readAllBytes(), ISO_8859_1);
        } catch (IOException e) {
            throw new AssertionError(name, e);
        }
    }

    /** The same without what no other recorder can say the same of. */
    Captured with(String regex, String replacement) {
        return new Captured(status, headers, body.replaceAll(regex, replacement));
    }
}
