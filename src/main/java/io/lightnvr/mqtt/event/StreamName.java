package io.lightnvr.mqtt.event;

import java.nio.charset.StandardCharsets;

/**
 * The raw name of a stream, its only identity at the recorder. Old recorders allow spaces, UTF-8, {@code /}, {@code +}
 * and {@code #} in it.
 *
 * @param raw the name, never empty; U+FFFD replaces what UTF-8 cannot encode
 */
public record StreamName(String raw) implements Comparable<StreamName> {

    public StreamName {
        if (raw.isEmpty()) {
            throw new IllegalArgumentException("A stream's name must not be empty");
        }
        raw = Text.wellFormed(raw);
    }

    /**
     * Returns the name for the documented topic: each byte of its UTF-8 outside {@code [A-Za-z0-9-]} becomes {@code _},
     * case is kept. This is LightNVR's own rule, which existing automations rely on. Two names may share a slug.
     */
    public String slug() {
        byte[] bytes = raw.getBytes(StandardCharsets.UTF_8);
        StringBuilder slug = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            slug.append(isKept(b) ? (char) b : '_');
        }
        return slug.toString();
    }

    /**
     * Returns the name for all other topics and ids: the slug if it equals the raw name, else the slug, {@code -} and
     * the first 8 hex digits of the raw name's SHA-256. So {@code cam.1}, {@code cam_1} and {@code cam 1} are three.
     */
    public String key() {
        String slug = slug();
        return slug.equals(raw) ? slug : slug + "-" + hash();
    }

    /** Returns 8 hex digits that differ for different names. */
    public String hash() {
        return Sha256.shortHash(raw);
    }

    /** Returns the name for Home Assistant: cut after 255 characters, with {@code ?} for control characters. */
    public String displayName() {
        return Text.oneLine(Text.cut(raw));
    }

    /** Returns the name for a log line: cut after 255 characters, {@linkplain Text#printable printable}. */
    @Override
    public String toString() {
        return Text.printable(Text.cut(raw));
    }

    @Override
    public int compareTo(StreamName other) {
        return raw.compareTo(other.raw);
    }

    private static boolean isKept(byte b) {
        return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '-';
    }
}
