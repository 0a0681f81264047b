package io.lightnvr.mqtt.broker.tls;

import io.lightnvr.mqtt.broker.BrokerSettings;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The certificate and key with which the client identifies itself to a broker.
 *
 * @param chain the client's own certificate, followed by those that lead to its authority
 * @param key the private key of the first
 */
public record ClientCertificate(List<X509Certificate> chain, PrivateKey key) {

    static final String PASSWORD_OPTION = "mqtt.tls_key_password";
    private static final String CERTIFICATE_OPTION = "mqtt.tls_cert_file";
    static final String RECIPE = "docs/recipes/broker.md";
    private static final byte[] SIGNED = {1};
    private static final String KEY_OPTION = "mqtt.tls_key_file";

    /**
     * Reads it from its files.
     *
     * @throws UnusableFileException if a file cannot be used, the key belongs to another certificate, or the certificate
     *     has expired
     */
    public static ClientCertificate read(BrokerSettings.ClientFiles files) throws UnusableFileException {
        return read(
                TlsFile.read(CERTIFICATE_OPTION, files.certificates()),
                TlsFile.read(KEY_OPTION, files.key()),
                files.keyPassword());
    }

    /** Reads it from what its files hold. */
    static ClientCertificate read(TlsFile certificates, TlsFile keyFile, Optional<String> keyPassword)
            throws UnusableFileException {
        List<X509Certificate> chain = chain(certificates);
        PrivateKey key = ClientKey.read(keyFile, keyPassword);
        if (!belongs(key, chain.get(0).getPublicKey())) {
            throw keyFile.unusable(
                    "is not the key of the first certificate in " + certificates.path(),
                    "name the key that this certificate was made with");
        }
        // The broker judges one that is not valid yet: machines without a battery for their clock start in the past.
        ClientCertificate client = new ClientCertificate(chain, key);
        if (client.ends().isBefore(Instant.now())) {
            throw certificates.unusable("expired at " + client.ends(), "renew the certificate");
        }
        return client;
    }

    /** When the certificate expires. */
    public Instant ends() {
        return chain.get(0).getNotAfter().toInstant();
    }

    private static List<X509Certificate> chain(TlsFile file) throws UnusableFileException {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (PemBlock block : file.blocks()) {
                if (block.isCertificate()) {
                    chain.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.der())));
                }
            }
        } catch (CertificateException | IllegalArgumentException e) {
            throw file.unusable("holds a damaged certificate", "copy the file again");
        }
        if (chain.isEmpty()) {
            throw file.unusable(
                    "holds no certificate in PEM form", "convert it as " + RECIPE + " shows, or name another file");
        }
        return List.copyOf(chain);
    }

    private static boolean belongs(PrivateKey key, PublicKey certified) {
        try {
            Signature signing = signature(key.getAlgorithm());
            signing.initSign(key);
            signing.update(SIGNED);
            Signature verifying = signature(key.getAlgorithm());
            verifying.initVerify(certified);
            verifying.update(SIGNED);
            return verifying.verify(signing.sign());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static Signature signature(String keyKind) throws GeneralSecurityException {
        return switch (keyKind) {
            case "RSA" -> Signature.getInstance("SHA256withRSA");
            case "EC" -> Signature.getInstance("SHA256withECDSA");
            case "RSASSA-PSS" -> {
                Signature pss = Signature.getInstance("RSASSA-PSS");
                pss.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
                yield pss;
            }
            default -> Signature.getInstance("EdDSA");
        };
    }

    @Override
    public String toString() {
        return "ClientCertificate[" + chain.get(0).getSubjectX500Principal() + "]";
    }
}
