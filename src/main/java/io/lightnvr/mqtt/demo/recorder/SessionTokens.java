package io.lightnvr.mqtt.demo.recorder;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Secrets for sessions: 32 hex digits, which nobody can guess. */
final class SessionTokens {

    private static final int BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private SessionTokens() {}

    static String next() {
        byte[] token = new byte[BYTES];
        RANDOM.nextBytes(token);
        return HexFormat.of().formatHex(token);
    }
}
