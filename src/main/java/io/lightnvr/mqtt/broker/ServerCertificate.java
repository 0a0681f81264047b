package io.lightnvr.mqtt.broker;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * A broker's certificate.
 *
 * @param subject its owner
 * @param issuer the authority that signed it
 * @param ends when it expires
 * @param names the host names and addresses that it is for
 */
public record ServerCertificate(String subject, String issuer, Instant ends, List<String> names) {

    /** The fields of an X.509 certificate; unreadable names are left out. */
    public static ServerCertificate of(X509Certificate certificate) {
        return new ServerCertificate(
                certificate.getSubjectX500Principal().getName(),
                certificate.getIssuerX500Principal().getName(),
                certificate.getNotAfter().toInstant(),
                names(certificate));
    }

    private static List<String> names(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream().map(name -> String.valueOf(name.get(1))).toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    /** The second half of a sentence, for people. */
    @Override
    public String toString() {
        return "its certificate is for " + (names.isEmpty() ? subject : String.join(", ", names)) + ", signed by "
                + issuer + ", valid until " + ends;
    }
}
