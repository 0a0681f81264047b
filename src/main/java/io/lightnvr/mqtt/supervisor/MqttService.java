package io.lightnvr.mqtt.supervisor;

import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.broker.BrokerSettings;
import io.lightnvr.mqtt.broker.Credentials;
import java.util.Optional;

/**
 * The broker that the Supervisor knows.
 *
 * @param tls whether it speaks TLS on that port
 * @param credentials absent where it lets everybody in
 */
record MqttService(String host, int port, boolean tls, Optional<Credentials> credentials) {

    private static final String REMEDY = "start the Mosquitto broker add-on again, and it tells a new password";
    private static final int MOST_PORT = 65_535;

    /** What an answer tells of it; empty where that is no broker. */
    static Optional<MqttService> of(JsonNode data) {
        String host = data.path("host").asText("");
        // Some add-ons give it as text.
        int port = data.path("port").asInt();
        if (host.isBlank() || port < 1 || port > MOST_PORT) {
            return Optional.empty();
        }
        Optional<Credentials> credentials = Optional.of(data.path("username").asText(""))
                .filter(user -> !user.isEmpty())
                .map(user -> new Credentials(user, data.path("password").asText(""), REMEDY));
        return Optional.of(new MqttService(host, port, data.path("ssl").asBoolean(), credentials));
    }

    /**
     * How to reach it as the client of some settings; their own user and password win.
     *
     * @param trust whom to trust where it speaks TLS
     */
    BrokerSettings in(BrokerSettings own, BrokerSettings.Tls trust) {
        return new BrokerSettings(
                host,
                port,
                own.clientId(),
                own.credentials().or(() -> credentials),
                own.keepAlive(),
                tls ? Optional.of(trust) : Optional.empty(),
                own.will());
    }
}
