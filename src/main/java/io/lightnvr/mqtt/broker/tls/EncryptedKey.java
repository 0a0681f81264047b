package io.lightnvr.mqtt.broker.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.spec.KeySpec;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A PKCS#8 key that is encrypted as OpenSSL does it, with PBES2: PBKDF2 and AES. This class derives the cipher's key
 * itself, since Java's PBES2 accepts only ASCII passwords.
 */
final class EncryptedKey {

    /** Java's name for such parameters: {@code PBEWithHmacSHA256AndAES_256}. */
    private static final Pattern PBES2 = Pattern.compile("PBEWith(HmacSHA\\d+)AndAES_(\\d+)");

    /** A small computer takes some seconds for so many. */
    static final int MOST_ROUNDS = 1_000_000;

    private final EncryptedPrivateKeyInfo encrypted;
    private final String mac;
    private final int bits;

    private EncryptedKey(EncryptedPrivateKeyInfo encrypted, Matcher matcher) {
        this.encrypted = encrypted;
        this.mac = matcher.group(1);
        this.bits = Integer.parseInt(matcher.group(2));
    }

    /** Parses an encrypted key; empty if it is encrypted in another way, or is not one. */
    static Optional<EncryptedKey> of(byte[] der) {
        try {
            EncryptedPrivateKeyInfo encrypted = new EncryptedPrivateKeyInfo(der);
            Matcher matcher = PBES2.matcher(String.valueOf(encrypted.getAlgParameters()));
            return matcher.matches() ? Optional.of(new EncryptedKey(encrypted, matcher)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether its password is to be hashed so often that it would take minutes or hours. */
    boolean takesTooLong() throws GeneralSecurityException {
        return parameters().getIterationCount() > MOST_ROUNDS;
    }

    private PBEParameterSpec parameters() throws GeneralSecurityException {
        return encrypted.getAlgParameters().getParameterSpec(PBEParameterSpec.class);
    }

    /**
     * Decrypts the key.
     *
     * @throws GeneralSecurityException if the password is wrong
     */
    KeySpec decrypt(String password) throws GeneralSecurityException {
        PBEParameterSpec parameters = parameters();
        PBEKeySpec spec =
                new PBEKeySpec(password.toCharArray(), parameters.getSalt(), parameters.getIterationCount(), bits);
        byte[] key = SecretKeyFactory.getInstance("PBKDF2With" + mac)
                .generateSecret(spec)
                .getEncoded();
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), parameters.getParameterSpec());
        return encrypted.getKeySpec(cipher);
    }
}
