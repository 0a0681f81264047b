package io.lightnvr.mqtt.broker.tls;

import java.util.Base64;

/**
 * One block of a PEM file. Its content is never printed.
 *
 * @param label its type, such as {@code PRIVATE KEY}
 * @param headers the lines before the content, such as {@code Proc-Type: 4,ENCRYPTED}
 * @param base64 the content
 */
record PemBlock(String label, String headers, String base64) {

    boolean isCertificate() {
        return label.equals("CERTIFICATE") || label.equals("X509 CERTIFICATE");
    }

    boolean isPrivateKey() {
        return label.endsWith("PRIVATE KEY");
    }

    /** Whether its content is encrypted the old way, by a header instead of PKCS#8. */
    boolean isEncryptedByHeader() {
        return headers.contains("ENCRYPTED");
    }

    /**
     * The decoded content.
     *
     * @throws IllegalArgumentException if it is not Base64
     */
    byte[] der() {
        return Base64.getMimeDecoder().decode(base64);
    }

    @Override
    public String toString() {
        return "PemBlock[" + label + "]";
    }
}
