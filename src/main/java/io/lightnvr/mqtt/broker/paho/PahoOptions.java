package io.lightnvr.mqtt.broker.paho;

import io.lightnvr.mqtt.broker.BrokerSettings;
import io.lightnvr.mqtt.broker.Limits;
import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.Qos;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;

/** Translates settings and messages to Paho's classes, and its CONNACK back. */
final class PahoOptions {

    private static final int UNSIGNED_SHORT = 0xFFFF;

    /** The largest packet that a session takes; a broker drops larger ones (MQTT 5, 3.1.2.11.4). */
    private static final long MAX_OF_SESSION_BYTES = 128L << 10;

    /**
     * The same for others. Nothing that the bridge publishes may be larger either, since Paho takes this for the broker's limit: a
     * picture has up to a mebibyte.
     */
    private static final long MAX_RECEIVED_BYTES = (1L << 20) + (64L << 10);

    private PahoOptions() {}

    /** Options without Paho's own reconnecting. */
    static MqttConnectionOptions of(BrokerSettings settings, BrokerSocket socket) {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setSocketFactory(new BrokerSocketFactory.Carrier(socket));
        options.setAutomaticReconnect(false);
        options.setCleanStart(settings.session().isEmpty());
        options.setMaximumPacketSize(MAX_RECEIVED_BYTES);
        settings.session().ifPresent(session -> {
            options.setSessionExpiryInterval(session.expiry().toSeconds());
            options.setReceiveMaximum(session.receiveMaximum());
            options.setMaximumPacketSize(MAX_OF_SESSION_BYTES);
        });
        options.setKeepAliveInterval((int) settings.keepAlive().toSeconds());
        settings.credentials().ifPresent(credentials -> {
            options.setUserName(credentials.username());
            options.setPassword(credentials.password().getBytes(StandardCharsets.UTF_8));
        });
        settings.will().ifPresent(will -> {
            MqttMessage message = new MqttMessage(will.text().getBytes(StandardCharsets.UTF_8));
            message.setQos(will.qos().level());
            message.setRetained(true);
            options.setWill(will.topic().name(), message);
        });
        return options;
    }

    /** The limits of a CONNACK, and of Paho; values that MQTT forbids count as absent. Paho reads two bytes as a signed number. */
    static Limits limits(MqttProperties properties) {
        Limits unlimited = new Limits(65_535, MAX_RECEIVED_BYTES, Qos.EXACTLY_ONCE, true);
        if (properties == null) {
            return unlimited;
        }
        Integer receiveMaximum = properties.getReceiveMaximum();
        Long packetSize = properties.getMaximumPacketSize();
        Integer qos = properties.getMaximumQoS();
        Boolean retain = properties.isRetainAvailable();
        Integer keepAlive = properties.getServerKeepAlive();
        return new Limits(
                receiveMaximum == null ? unlimited.receiveMaximum() : receiveMaximum & UNSIGNED_SHORT,
                packetSize == null || packetSize == 0
                        ? unlimited.maximumPacketSize()
                        : Math.min(packetSize, unlimited.maximumPacketSize()),
                qos == null || qos < 0 || qos > 1 ? unlimited.maximumQos() : Qos.of(qos),
                retain == null || retain,
                Optional.ofNullable(keepAlive)
                        .map(seconds -> Duration.ofSeconds(seconds & UNSIGNED_SHORT))
                        .filter(time -> !time.isZero()));
    }

    /** Whether a broker takes subscriptions with wildcards, as its CONNACK says. */
    static boolean takesWildcards(MqttProperties properties) {
        return properties == null || !Boolean.FALSE.equals(properties.isWildcardSubscriptionsAvailable());
    }

    /** A new Paho message, for one use: Paho changes its properties and writes them later. */
    static MqttMessage message(Message message) {
        MqttProperties properties = new MqttProperties();
        message.contentType().ifPresent(type -> {
            properties.setPayloadFormat(true);
            properties.setContentType(type);
        });
        message.expiry().ifPresent(expiry -> properties.setMessageExpiryInterval(expiry.toSeconds()));
        if (!message.userProperties().isEmpty()) {
            List<UserProperty> pairs = new ArrayList<>();
            message.userProperties().forEach((key, value) -> pairs.add(new UserProperty(key, value)));
            properties.setUserProperties(pairs);
        }
        return new MqttMessage(message.payload(), message.qos().level(), message.retain(), properties);
    }
}
