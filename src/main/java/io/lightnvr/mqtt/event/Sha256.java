package io.lightnvr.mqtt.event;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash that our identities are made with. */
public final class Sha256 {

    private Sha256() {}

    /** A new, empty digest. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java platform has SHA-256", e);
        }
    }
}
