package io.lightnvr.mqtt.broker.paho;

import io.lightnvr.mqtt.broker.BrokerSettings;
import io.lightnvr.mqtt.broker.Causes;
import io.lightnvr.mqtt.broker.ConnectFailure;
import io.lightnvr.mqtt.broker.ConnectFailure.Kind;
import io.lightnvr.mqtt.broker.ConnectStage;
import io.lightnvr.mqtt.broker.Credentials;
import io.lightnvr.mqtt.broker.ReasonCode;
import io.lightnvr.mqtt.broker.tls.TlsFailures;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.eclipse.paho.mqttv5.common.MqttException;

/** Words failures of a connection for people. */
final class Failures {

    private static final String MQTT_311 = "speaks only MQTT 3.1.1; this bridge needs MQTT 5 (Mosquitto 1.6 or later)";

    private Failures() {}

    /** Why an attempt to connect failed, and what to do. */
    static ConnectFailure ofConnect(BrokerSettings settings, BrokerSocket socket, Throwable failure) {
        String broker = "The broker " + settings.address() + " ";
        if (socket.speaksMqtt311()) {
            return refusal(broker + MQTT_311);
        }
        Optional<SSLException> tls = socket.lateAlert().or(() -> Causes.find(failure, SSLException.class));
        if (tls.isPresent()) {
            return TlsFailures.of(settings, tls.get());
        }
        ReasonCode reason = reasonOf(failure).isRefusal() ? reasonOf(failure) : socket.reason();
        if (reason.isRefusal()) {
            return ofReason(settings, reason);
        }
        if (socket.unknownProperty().isPresent()) {
            return weather(broker
                    + "answers with a property that MQTT 5 does not have (0x%02x): update the broker"
                            .formatted(socket.unknownProperty().getAsInt()));
        }
        return weather(broker + ofNetwork(settings, socket, failure));
    }

    private static String ofNetwork(BrokerSettings settings, BrokerSocket socket, Throwable failure) {
        if (Causes.find(failure, UnknownHostException.class).isPresent()) {
            return "cannot be found: its name has no address";
        }
        if (Causes.find(failure, SocketTimeoutException.class).isPresent()) {
            return socket.stage().silence();
        }
        if (socket.stage() == ConnectStage.CONNECTING) {
            return "cannot be reached: " + rootOf(failure).getMessage();
        }
        Optional<RuntimeException> fault = Causes.find(failure, RuntimeException.class);
        if (fault.isPresent()) {
            return "cannot be understood: " + fault.get() + "; please report this";
        }
        String question = settings.tls().isEmpty()
                ? "does this port expect TLS, or does the broker speak only MQTT 3.1.1?"
                : socket.stage() == ConnectStage.AWAITING_CONNACK
                        ? "does the broker expect a certificate, or another one?"
                        : "does this port speak TLS?";
        return "closed the connection without an answer; " + question;
    }

    /** Why an established connection ended. */
    static String ofConnection(BrokerSettings settings, MqttException cause) {
        ReasonCode reason = reasonOf(cause);
        String broker = "The connection to the broker " + settings.address() + " is lost";
        return reason.isRefusal() ? broker + ": " + reason : broker;
    }

    /** The broker's reason, or success if the failure does not come from the broker. */
    static ReasonCode reasonOf(Throwable failure) {
        return failure instanceof MqttException mqtt && mqtt.getReasonCode() >= 0x80 && mqtt.getReasonCode() <= 0xFF
                ? new ReasonCode(mqtt.getReasonCode())
                : ReasonCode.SUCCESS;
    }

    private static ConnectFailure ofReason(BrokerSettings settings, ReasonCode reason) {
        String broker = "The broker " + settings.address() + " ";
        return switch (reason.value()) {
            case 0x84 -> refusal(broker + MQTT_311);
            case 0x86 -> refusal(broker + "refuses the user name or password: " + remedy(settings));
            case 0x87 ->
                refusal(broker + "refuses the connection: not authorized; "
                        + (settings.credentials().isPresent()
                                ? remedy(settings) + ", or check what the broker allows this user"
                                : "it expects a user and a password: " + remedy(settings)));
            case 0x85 -> refusal(broker + "refuses the client id " + settings.clientId() + ": set mqtt.client_id");
            case 0x8A -> refusal(broker + "has banned this client");
            case 0x9A ->
                refusal(broker + "does not keep retained messages (" + reason
                        + "), which states and availability need: allow them on the broker");
            case 0x9B ->
                new ConnectFailure(
                        Kind.WILL, broker + "takes only QoS 0, with which a message can be lost: allow QoS 1");
            default -> weather(broker + "refuses the connection: " + reason);
        };
    }

    private static String remedy(BrokerSettings settings) {
        return settings.credentials().map(Credentials::remedy).orElse("set mqtt.username and mqtt.password");
    }

    private static ConnectFailure refusal(String sentence) {
        return new ConnectFailure(Kind.REFUSAL, sentence);
    }

    private static ConnectFailure weather(String sentence) {
        return new ConnectFailure(Kind.WEATHER, sentence);
    }

    private static Throwable rootOf(Throwable failure) {
        return failure.getCause() == null ? failure : rootOf(failure.getCause());
    }
}
