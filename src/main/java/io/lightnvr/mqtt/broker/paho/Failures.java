package io.lightnvr.mqtt.broker.paho;

import io.lightnvr.mqtt.broker.BrokerSettings;
import io.lightnvr.mqtt.broker.ConnectFailure;
import io.lightnvr.mqtt.broker.ConnectFailure.Kind;
import io.lightnvr.mqtt.broker.Credentials;
import io.lightnvr.mqtt.broker.ReasonCode;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.eclipse.paho.mqttv5.common.MqttException;

/** What went wrong, in sentences for people. */
final class Failures {

    private static final String OLD_PROTOCOL =
            "speaks only MQTT 3.1.1; this bridge needs MQTT 5 (Mosquitto 1.6 or later)";

    private Failures() {}

    static ConnectFailure ofConnect(BrokerSettings settings, BrokerSocket socket, Throwable failure) {
        String broker = "The broker " + settings.address() + " ";
        if (socket.spokeOldProtocol()) {
            return refusal(broker + OLD_PROTOCOL);
        }
        SSLException tls = find(failure, SSLException.class);
        if (tls != null) {
            return ofTls(settings, tls);
        }
        ReasonCode reason = reasonOf(failure);
        if (reason.isRefusal()) {
            return ofReason(settings, reason);
        }
        return weather(broker + ofNetwork(settings, failure));
    }

    private static String ofNetwork(BrokerSettings settings, Throwable failure) {
        if (find(failure, UnknownHostException.class) != null) {
            return "cannot be found: no address for this name";
        }
        if (find(failure, SocketTimeoutException.class) != null) {
            return "did not answer in time";
        }
        if (find(failure, ConnectException.class) != null) {
            return "cannot be reached: " + rootOf(failure).getMessage();
        }
        return "closed the connection before it answered (does this port "
                + (settings.tls().isPresent() ? "speak TLS?)" : "want TLS?)");
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

    static ConnectFailure ofTls(BrokerSettings settings, SSLException failure) {
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
        return refusal(broker + text);
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
