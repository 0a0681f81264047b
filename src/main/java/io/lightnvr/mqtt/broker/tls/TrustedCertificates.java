package io.lightnvr.mqtt.broker.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** The authorities to trust: those of a PEM file, or the system's. */
final class TrustedCertificates {

    private static final String OPTION = "mqtt.tls_ca_file";

    private TrustedCertificates() {}

    /**
     * Trust managers for the CA file, or null for the system's, as {@link javax.net.ssl.SSLContext} expects.
     *
     * @throws IOException if the file cannot be used; the message is a sentence for people
     */
    static TrustManager[] managers(Optional<Path> caFile) throws IOException {
        return caFile.isEmpty() ? null : managers(TlsFile.read(OPTION, caFile.get()));
    }

    /** Trust managers for what the CA file holds. */
    static TrustManager[] managers(TlsFile file) throws IOException {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(keyStore(certificates(file)));
            return trust.getTrustManagers();
        } catch (GeneralSecurityException e) {
            throw new IOException("%s: %s cannot be used: %s".formatted(OPTION, file.path(), e.getMessage()), e);
        }
    }

    private static Collection<? extends Certificate> certificates(TlsFile file) throws UnusableFileException {
        try {
            Collection<? extends Certificate> certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(file.bytes()));
            if (!certificates.isEmpty()) {
                return certificates;
            }
        } catch (CertificateException e) {
            // Said below.
        }
        throw file.unusable("holds no certificates in PEM form", "name the PEM file of the broker's authority");
    }

    private static KeyStore keyStore(Collection<? extends Certificate> certificates)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (Certificate certificate : certificates) {
            store.setCertificateEntry("ca-" + number++, certificate);
        }
        return store;
    }
}
