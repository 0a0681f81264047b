package io.lightnvr.mqtt.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/** What a page has from this server, so that no other page can act in its name. New with each start. */
final class Token {

    private static final int BYTES = 32;

    private final String text;

    /** Makes one that nobody can guess. */
    Token() {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        text = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /** As it stands in the page. */
    String text() {
        return text;
    }

    /** Whether it is this one; takes as long if it is not. */
    boolean is(String other) {
        return MessageDigest.isEqual(bytes(text), bytes(other));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
