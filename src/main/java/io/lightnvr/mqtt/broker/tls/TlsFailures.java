package io.lightnvr.mqtt.broker.tls;

import io.lightnvr.mqtt.broker.BrokerSettings;
import io.lightnvr.mqtt.broker.Causes;
import io.lightnvr.mqtt.broker.ConnectFailure;
import io.lightnvr.mqtt.broker.ConnectFailure.Kind;
import java.io.EOFException;
import java.net.SocketException;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLException;

/** Words failures of TLS for people. */
public final class TlsFailures {

    /** How Java's messages begin if the broker sent an alert. */
    private static final String ALERT = "received fatal alert: ";

    private static final Set<String> OF_CERTIFICATES = Set.of(
            "access_denied",
            "bad_certificate",
            "certificate_expired",
            "certificate_revoked",
            "certificate_unknown",
            "handshake_failure",
            "unknown_ca",
            "unsupported_certificate");

    private static final String SET_CERTIFICATE = "set mqtt.tls_cert_file and mqtt.tls_key_file";

    private TlsFailures() {}

    /** Why TLS with the broker of some settings failed, and what to do. */
    public static ConnectFailure of(BrokerSettings settings, SSLException failure) {
        String text = String.valueOf(failure.getMessage());
        String small = text.toLowerCase(Locale.ROOT);
        String broker = failsAt(settings);
        if (Causes.find(failure, CertificateException.class).isPresent() && small.contains("no ")
                || small.contains("no subject alternative")) {
            return refusal(broker + "its certificate is for another host name (" + text
                    + "); set mqtt.broker_host to a name in the certificate");
        }
        if (small.contains("path building failed") || small.contains("path validation failed")) {
            return refusal(broker + "its certificate is not signed by a trusted authority, or is not valid now; "
                    + "set mqtt.tls_ca_file to the PEM file of its authority");
        }
        if (small.contains("unsupported or unrecognized")) {
            return refusal(broker + "this port does not speak TLS; check mqtt.broker_port");
        }
        if (isOfNetwork(failure)) {
            return ofNetwork(settings);
        }
        int alert = small.lastIndexOf(ALERT);
        return refusal(broker + (alert < 0 ? text : ofAlert(settings, small.substring(alert + ALERT.length()))));
    }

    /** What it means that the connection ended, or stayed silent, before the end of the handshake. */
    static ConnectFailure ofNetwork(BrokerSettings settings) {
        return new ConnectFailure(
                Kind.WEATHER,
                failsAt(settings) + "the connection ended during the handshake; does this port speak TLS, and does the"
                        + " broker expect a certificate?");
    }

    private static String failsAt(BrokerSettings settings) {
        return "TLS to the broker " + settings.address() + " fails: ";
    }

    /** What the broker's alert means. */
    private static String ofAlert(BrokerSettings settings, String alert) {
        boolean hasCertificate =
                settings.tls().flatMap(BrokerSettings.Tls::client).isPresent();
        String known = " (" + alert + "); ";
        if (alert.equals("certificate_required")) {
            return "the broker wants a certificate" + (hasCertificate ? " of another kind" : "") + known
                    + SET_CERTIFICATE;
        }
        if (hasCertificate && OF_CERTIFICATES.contains(alert)) {
            return "the broker rejects the bridge's certificate" + known
                    + "check that mqtt.tls_cert_file is valid and signed by an authority that the broker knows";
        }
        return hasCertificate
                ? "the broker answers: " + alert
                : "the broker rejects the handshake" + known + "if it wants a certificate, " + SET_CERTIFICATE;
    }

    /** Whether the connection broke, as when the broker stops, instead of TLS itself. */
    private static boolean isOfNetwork(Throwable failure) {
        return Causes.find(failure, SocketException.class).isPresent()
                || Causes.find(failure, EOFException.class).isPresent();
    }

    private static ConnectFailure refusal(String sentence) {
        return new ConnectFailure(Kind.REFUSAL, sentence);
    }
}
