package io.lightnvr.mqtt.broker.tls;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Optional;

/**
 * Reads a private key in PEM form: PKCS#8, encrypted or not, or PKCS#1 that is not encrypted. For other forms, the error
 * text names the recipe that converts them.
 */
final class ClientKey {

    private static final String PKCS8 = "PRIVATE KEY";
    private static final String ENCRYPTED_PKCS8 = "ENCRYPTED PRIVATE KEY";
    private static final String PKCS1 = "RSA PRIVATE KEY";
    private static final List<String> KINDS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

    private final TlsFile file;
    private final Optional<String> password;

    private ClientKey(TlsFile file, Optional<String> password) {
        this.file = file;
        this.password = password;
    }

    /**
     * Reads the first private key of a file.
     *
     * @throws UnusableFileException if there is none, or it cannot be used
     */
    static PrivateKey read(TlsFile file, Optional<String> password) throws UnusableFileException {
        ClientKey key = new ClientKey(file, password);
        return key.read(file.blocks().stream()
                .filter(PemBlock::isPrivateKey)
                .findFirst()
                .orElseThrow(() -> key.anotherForm("holds no private key in PEM form")));
    }

    private PrivateKey read(PemBlock block) throws UnusableFileException {
        if (block.isEncryptedByHeader()) {
            throw anotherForm("holds an encrypted key of the form \"" + block.label() + "\", not PKCS#8");
        }
        try {
            return switch (block.label()) {
                case PKCS8 -> key(new PKCS8EncodedKeySpec(block.der()));
                case ENCRYPTED_PKCS8 -> decrypted(block.der());
                case PKCS1 -> key(new PKCS8EncodedKeySpec(Der.pkcs8OfRsa(block.der())));
                default -> throw anotherForm("holds a key of the form \"" + block.label() + "\", not PKCS#8");
            };
        } catch (IllegalArgumentException e) {
            throw file.unusable("holds a damaged key", "copy the file again");
        }
    }

    private UnusableFileException anotherForm(String rule) {
        return file.unusable(rule, "convert it as " + ClientCertificate.RECIPE + " shows");
    }

    private PrivateKey key(KeySpec spec) throws UnusableFileException {
        return keyOfAnyKind(spec)
                .orElseThrow(() -> file.unusable(
                        "holds a damaged key, or one of an unsupported kind",
                        "use an RSA, EC (P-256, P-384 or P-521) or Ed25519 key"));
    }

    private static Optional<PrivateKey> keyOfAnyKind(KeySpec spec) {
        for (String kind : KINDS) {
            try {
                return Optional.of(KeyFactory.getInstance(kind).generatePrivate(spec));
            } catch (InvalidKeySpecException e) {
                // Try the next kind.
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("This Java has no " + kind, e);
            }
        }
        return Optional.empty();
    }

    private PrivateKey decrypted(byte[] der) throws UnusableFileException {
        EncryptedKey encrypted =
                EncryptedKey.of(der).orElseThrow(() -> anotherForm("is encrypted with an unsupported algorithm"));
        if (password.isEmpty()) {
            throw file.unusable(
                    "is encrypted and " + ClientCertificate.PASSWORD_OPTION + " is not set",
                    "set the key's password there");
        }
        try {
            if (encrypted.takesTooLong()) {
                throw file.unusable(
                        "is encrypted with more than " + EncryptedKey.MOST_ROUNDS + " rounds",
                        "encrypt it with fewer, such as openssl's usual ones");
            }
            return keyOfAnyKind(encrypted.decrypt(password.get())).orElseThrow(this::wrongPassword);
        } catch (GeneralSecurityException e) {
            throw wrongPassword();
        }
    }

    private UnusableFileException wrongPassword() {
        return file.unusable(
                "cannot be decrypted with the password in " + ClientCertificate.PASSWORD_OPTION, "correct it");
    }
}
