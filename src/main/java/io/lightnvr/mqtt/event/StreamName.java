package io.lightnvr.mqtt.event;

import java.nio.charset.StandardCharsets;

/**
 * The raw name of a stream, as the recorder spells it; it is the stream's only identity there. Any text but the empty
 * one: old recorders hold spaces, UTF-8, {@code /}, {@code +} and {@code #}.
 *
 * @param raw the name, never empty; U+FFFD stands in it for what UTF-8 cannot hold
 */
public record StreamName(String raw) implements Comparable<StreamName> {

    private static final int LONGEST_SHOWN = 255;

    public StreamName {
        if (raw.isEmpty()) {
            throw new IllegalArgumentException("A stream's name must not be empty");
        }
        raw = Text.wellFormed(raw);
    }

    /**
     * The name in the documented topic: each byte of its UTF-8 outside {@code [A-Za-z0-9-]} becomes {@code _}, case is
     * kept. This is LightNVR's own rule, which existing automations know. Two names may share a slug.
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
     * The name in every topic and id of our own: the slug where it equals the raw name, else the slug, {@code -} and
     * the first 8 hex digits of the raw name's SHA-256. So {@code cam.1}, {@code cam_1} and {@code cam 1} are three.
     */
    public String key() {
        String slug = slug();
        return slug.equals(raw) ? slug : slug + "-" + hash();
    }

    /** 8 hex digits that are different for different names. */
    public String hash() {
        return Sha256.shortHash(raw);
    }

    /** The name as Home Assistant shows it: cut after 255 characters, with {@code ?} for control characters. */
    public String displayName() {
        return Text.oneLine(cut());
    }

    /** The name as a log line shows it: cut after 255 characters, {@linkplain Text#printable printable}. */
    @Override
    public String toString() {
        return Text.printable(cut());
    }

    private String cut() {
        return raw.length() > LONGEST_SHOWN ? raw.substring(0, LONGEST_SHOWN) + "…" : raw;
    }

    @Override
    public int compareTo(StreamName other) {
        return raw.compareTo(other.raw);
    }

    private static boolean isKept(byte b) {
        return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '-';
    }
}
