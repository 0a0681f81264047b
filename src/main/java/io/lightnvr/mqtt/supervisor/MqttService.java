package io.lightnvr.mqtt.supervisor;

import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.broker.BrokerSettings;
import io.lightnvr.mqtt.broker.Credentials;
import java.util.Optional;

/**
 * The broker that the Supervisor names.
 *
 * @param tls whether that port speaks TLS
 * @param credentials absent if the broker accepts anyone
 */
record MqttService(String host, int port, boolean tls, Optional<Credentials> credentials) {

    private static final String REMEDY = "restart the Mosquitto broker add-on, which then sets a new password";
    private static final int MAX_PORT = 65_535;

    /** Reads the data of the Supervisor's answer; empty if it names no broker. */
    static Optional<MqttService> of(JsonNode data) {
        String host = data.path("host").asText("");
        // asInt, since some add-ons write a text.
        int port = data.path("port").asInt();
        if (host.isBlank() || port < 1 || port > MAX_PORT) {
            return Optional.empty();
        }
        Optional<Credentials> credentials = Optional.of(data.path("username").asText(""))
                .filter(user -> !user.isEmpty())
                .map(user -> new Credentials(user, data.path("password").asText(""), REMEDY));
        return Optional.of(new MqttService(host, port, data.path("ssl").asBoolean(), credentials));
    }

    /**
     * Settings for this broker.
     *
     * @param client who connects; its user and password take precedence
     * @param ifTls how to encrypt if this broker speaks TLS
     */
    BrokerSettings settings(BrokerSettings client, BrokerSettings.Tls ifTls) {
        return new BrokerSettings(
                host,
                port,
                client.clientId(),
                client.credentials().or(() -> credentials),
                client.keepAlive(),
                tls ? Optional.of(ifTls) : Optional.empty(),
                client.will(),
                client.session());
    }
}
