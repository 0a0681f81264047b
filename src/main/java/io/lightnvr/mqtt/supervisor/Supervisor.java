package io.lightnvr.mqtt.supervisor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.lightnvr.mqtt.broker.BrokerSettings;
import io.lightnvr.mqtt.broker.ConnectFailure.Kind;
import io.lightnvr.mqtt.json.JsonTree;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * Asks the Supervisor for the broker. Its answers, as seen in the Supervisor of 2026:
 *
 * <pre>
 * 200 {"result":"ok","data":{"host":"core-mosquitto","port":1883,"ssl":false,"username":"addons","password":"..."}}
 * 400 {"result":"error","message":"Service not enabled"}           there is no broker add-on, or it was never started
 * 400 {"result":"error","message":"System is not ready with state: startup"}
 * 401, 403                                                         it does not know the token
 * </pre>
 *
 * <p>Thread-safe. It uses the JDK's older HTTP client, which keeps no threads between questions.
 */
public final class Supervisor {

    private static final String DEFAULT_ADDRESS = "http://supervisor";
    private static final String PATH = "/services/mqtt";
    private static final String NO_BROKER =
            "No MQTT broker: install and start the Mosquitto broker add-on, or set mqtt.broker_host";
    private static final int CONNECT_MILLIS = 2_000;
    private static final int READ_MILLIS = 5_000;
    private static final int MAX_BYTES = 64 << 10;

    private final String address;
    private final String token;

    private Supervisor(String address, String token) {
        this.address = address;
        this.token = token;
    }

    /** The Supervisor that started this program, according to its environment; empty if none did. */
    public static Optional<Supervisor> of(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("SUPERVISOR_TOKEN"))
                .filter(token -> !token.isBlank())
                .map(token -> new Supervisor(environment.getOrDefault("SUPERVISOR", DEFAULT_ADDRESS), token));
    }

    /** Its URL, for people. */
    String address() {
        return address;
    }

    /**
     * Asks for the current broker; blocks for a few seconds at most.
     *
     * @param client who connects; its user and password take precedence
     * @param ifTls how to encrypt if the broker speaks TLS
     */
    public BrokerSettings broker(BrokerSettings client, BrokerSettings.Tls ifTls) throws NoServiceException {
        return mqtt().settings(client, ifTls);
    }

    private MqttService mqtt() throws NoServiceException {
        try {
            if (!(URI.create(address + PATH).toURL().openConnection() instanceof HttpURLConnection connection)) {
                throw new IOException("not an HTTP address");
            }
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout(READ_MILLIS);
            connection.setInstanceFollowRedirects(false);
            connection.setRequestProperty("Authorization", "Bearer " + token);
            return service(connection.getResponseCode(), body(connection));
        } catch (IOException | IllegalArgumentException e) {
            throw new NoServiceException(
                    Kind.WEATHER,
                    "The Supervisor at %s does not answer; it is asked for the broker because mqtt.broker_host is not set"
                            .formatted(address));
        }
    }

    private static byte[] body(HttpURLConnection connection) throws IOException {
        boolean fine = connection.getResponseCode() < HttpURLConnection.HTTP_BAD_REQUEST;
        try (InputStream in = fine ? connection.getInputStream() : connection.getErrorStream()) {
            return in == null ? new byte[0] : in.readNBytes(MAX_BYTES);
        }
    }

    static MqttService service(int status, byte[] body) throws NoServiceException {
        JsonNode answer = json(body);
        String message = answer.path("message").asText();
        if (status == HttpURLConnection.HTTP_UNAUTHORIZED || status == HttpURLConnection.HTTP_FORBIDDEN) {
            throw new NoServiceException(
                    Kind.REFUSAL,
                    "The Supervisor refuses to name the MQTT broker (status %d): restart this add-on, or set mqtt.broker_host"
                            .formatted(status));
        }
        if (message.contains("not enabled")) {
            throw new NoServiceException(Kind.WEATHER, NO_BROKER);
        }
        if (message.contains("not ready")) {
            throw new NoServiceException(Kind.WEATHER, "The Supervisor is still starting and knows no MQTT broker yet");
        }
        return Optional.of(answer.path("data"))
                .filter(data -> status == HttpURLConnection.HTTP_OK)
                .flatMap(MqttService::of)
                .orElseThrow(() -> new NoServiceException(
                        Kind.WEATHER,
                        "The Supervisor's answer to GET %s cannot be used (status %d); set mqtt.broker_host if this persists"
                                .formatted(PATH, status)));
    }

    private static JsonNode json(byte[] body) {
        try {
            return JsonTree.read(body);
        } catch (IOException e) {
            return MissingNode.getInstance(); // not JSON, or in no encoding of it
        }
    }
}
