package io.lightnvr.mqtt.broker.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
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

    private TrustedCertificates() {}

    /**
     * Trust managers for the CA file, or null for the system's, as {@link javax.net.ssl.SSLContext} expects.
     *
     * @throws IOException if the file cannot be used; the message is a sentence for people
     */
    static TrustManager[] managers(Optional<Path> caFile) throws IOException {
        if (caFile.isEmpty()) {
            return null;
        }
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(keyStore(read(caFile.get())));
            return trust.getTrustManagers();
        } catch (GeneralSecurityException e) {
            throw new IOException("mqtt.tls_ca_file: %s cannot be used: %s".formatted(caFile.get(), e.getMessage()), e);
        }
    }

    private static Collection<? extends Certificate> read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw new CertificateException("it is empty");
            }
            return certificates;
        } catch (CertificateException e) {
            throw new IOException("mqtt.tls_ca_file: %s holds no certificates in PEM form".formatted(file), e);
        } catch (IOException e) {
            throw new IOException("mqtt.tls_ca_file: %s cannot be read".formatted(file), e);
        }
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
