package io.lightnvr.mqtt.broker.tls;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Writes the few elements of DER (X.690) that turn a PKCS#1 key into PKCS#8. */
final class Der {

    private static final int INTEGER = 0x02;
    private static final int OCTET_STRING = 0x04;
    private static final int SEQUENCE = 0x30;
    private static final byte[] VERSION_0 = {INTEGER, 1, 0};

    /** The AlgorithmIdentifier of RSA: its OID 1.2.840.113549.1.1.1, and no parameters. */
    private static final byte[] RSA = {
        SEQUENCE, 13, 6, 9, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 13, 1, 1, 1, 5, 0
    };

    private Der() {}

    /** Wraps an RSA key of PKCS#1 as PKCS#8. */
    static byte[] pkcs8OfRsa(byte[] pkcs1) {
        return element(SEQUENCE, joined(VERSION_0, RSA, element(OCTET_STRING, pkcs1)));
    }

    private static byte[] element(int tag, byte[] content) {
        return joined(new byte[] {(byte) tag}, length(content.length), content);
    }

    /** The length octets: one, or their number followed by as few as hold the length. */
    private static byte[] length(int length) {
        if (length < 0x80) {
            return new byte[] {(byte) length};
        }
        int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
        byte[] all = ByteBuffer.allocate(Integer.BYTES).putInt(length).array();
        return joined(
                new byte[] {(byte) (0x80 | bytes)}, Arrays.copyOfRange(all, Integer.BYTES - bytes, Integer.BYTES));
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
