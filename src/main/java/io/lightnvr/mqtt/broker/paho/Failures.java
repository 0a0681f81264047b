package io.lightnvr.mqtt.broker.paho;

import io.lightnvr.mqtt.broker.BrokerSettings;
import io.lightnvr.mqtt.broker.ConnectFailure;
import io.lightnvr.mqtt.broker.ConnectFailure.Kind;
import io.lightnvr.mqtt.broker.ConnectStage;
import io.lightnvr.mqtt.broker.Credentials;
import io.lightnvr.mqtt.broker.ReasonCode;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.eclipse.paho.mqttv5.common.MqttException;

/** What went wrong, in sentences for people. */
public final class Failures {

    private static final String OLD_PROTOCOL =
            "speaks only MQTT 3.1.1; this bridge needs MQTT 5 (Mosquitto 1.6 or later)";

    /** How Java tells what the other side said. */
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

    private static final String SET_OWN = "set mqtt.tls_cert_file and mqtt.tls_key_file";

    private Failures() {}

    static ConnectFailure ofConnect(BrokerSettings settings, BrokerSocket socket, Throwable failure) {
        String broker = "The broker " + settings.address() + " ";
        if (socket.spokeOldProtocol()) {
            return refusal(broker + OLD_PROTOCOL);
        }
        SSLException tls = socket.lateAlert().orElse(find(failure, SSLException.class));
        if (tls != null) {
            return ofTls(settings, tls);
        }
        ReasonCode reason = reasonOf(failure);
        if (reason.isRefusal()) {
            return ofReason(settings, reason);
        }
        return weather(broker + ofNetwork(settings, socket, failure));
    }

    private static String ofNetwork(BrokerSettings settings, BrokerSocket socket, Throwable failure) {
        if (find(failure, UnknownHostException.class) != null) {
            return "cannot be found: no address for this name";
        }
        if (find(failure, SocketTimeoutException.class) != null) {
            return "did not answer in time";
        }
        if (find(failure, ConnectException.class) != null) {
            return "cannot be reached: " + rootOf(failure).getMessage();
        }
        String question = settings.tls().isEmpty()
                ? "does this port want TLS?"
                : socket.stage() == ConnectStage.AWAITING_CONNACK
                        ? "does it want a certificate, or another one?"
                        : "does this port speak TLS?";
        return "closed the connection before it answered (" + question + ")";
    }

    /** Why a connection that was there is gone. */
    static String ofConnection(BrokerSettings settings, MqttException cause) {
        ReasonCode reason = reasonOf(cause);
        String broker = "The connection to the broker " + settings.address() + " is lost";
        return reason.isRefusal() ? broker + ": " + reason : broker;
    }

    /** The broker's own word, or success where the trouble is not of the broker's saying. */
    static ReasonCode reasonOf(Throwable failure) {
        return failure instanceof MqttException mqtt && mqtt.getReasonCode() >= 0x80 && mqtt.getReasonCode() <= 0xFF
                ? new ReasonCode(mqtt.getReasonCode())
                : ReasonCode.SUCCESS;
    }

    private static ConnectFailure ofReason(BrokerSettings settings, ReasonCode reason) {
        String broker = "The broker " + settings.address() + " ";
        return switch (reason.value()) {
            case 0x84 -> refusal(broker + OLD_PROTOCOL);
            case 0x86 -> refusal(broker + "refuses the user name or password: " + remedy(settings));
            case 0x87 ->
                refusal(broker + "says: not authorized; "
                        + (settings.credentials().isPresent()
                                ? remedy(settings) + ", or look what the broker allows this user"
                                : "it wants a user and a password: " + remedy(settings)));
            case 0x85 ->
                refusal(broker + "does not take the client id " + settings.clientId() + ": set mqtt.client_id");
            case 0x8A -> refusal(broker + "has banned this client");
            case 0x9A ->
                refusal(broker + "keeps no retained messages (" + reason
                        + "), which states and availability need: allow them there");
            default -> weather(broker + "refuses the connection: " + reason);
        };
    }

    private static String remedy(BrokerSettings settings) {
        return settings.credentials().map(Credentials::remedy).orElse("set mqtt.username and mqtt.password");
    }

    public static ConnectFailure ofTls(BrokerSettings settings, SSLException failure) {
        String text = String.valueOf(failure.getMessage());
        String small = text.toLowerCase(Locale.ROOT);
        String broker = "TLS to the broker " + settings.address() + " fails: ";
        if (find(failure, CertificateException.class) != null && small.contains("no ")
                || small.contains("no subject alternative")) {
            return refusal(broker + "its certificate is for another host name (" + text
                    + "); set mqtt.broker_host to a name in the certificate");
        }
        if (small.contains("path building failed") || small.contains("path validation failed")) {
            return refusal(broker + "its certificate is not signed by an authority that we trust, or is not valid now; "
                    + "set mqtt.tls_ca_file to the PEM file of its own authority");
        }
        if (small.contains("unsupported or unrecognized")) {
            return refusal(broker + "this port does not speak TLS; is it the right mqtt.broker_port?");
        }
        int alert = small.lastIndexOf(ALERT);
        return refusal(broker + (alert < 0 ? text : ofAlert(settings, small.substring(alert + ALERT.length()))));
    }

    /** What the broker says of us. */
    private static String ofAlert(BrokerSettings settings, String alert) {
        boolean own = settings.tls().flatMap(BrokerSettings.Tls::own).isPresent();
        String known = " (" + alert + "); ";
        if (alert.equals("certificate_required")) {
            return "the broker wants a certificate" + (own ? " of another kind than ours" : "") + known + SET_OWN;
        }
        if (own && OF_CERTIFICATES.contains(alert)) {
            return "the broker does not take our certificate" + known
                    + "check that mqtt.tls_cert_file is valid and signed by an authority that the broker knows";
        }
        return own
                ? "the broker says: " + alert
                : "the broker refuses us" + known + "perhaps it wants a certificate: " + SET_OWN;
    }

    private static ConnectFailure refusal(String sentence) {
        return new ConnectFailure(Kind.REFUSAL, sentence);
    }

    private static ConnectFailure weather(String sentence) {
        return new ConnectFailure(Kind.WEATHER, sentence);
    }

    private static <T extends Throwable> T find(Throwable failure, Class<T> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return kind.cast(cause);
            }
        }
        return null;
    }

    private static Throwable rootOf(Throwable failure) {
        return failure.getCause() == null ? failure : rootOf(failure.getCause());
    }
}
