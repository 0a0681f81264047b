package io.lightnvr.mqtt.supervisor;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.lightnvr.mqtt.broker.BrokerSettings;
import io.lightnvr.mqtt.broker.ConnectFailure.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * Asks the Supervisor for the broker. It answers, as seen in the Supervisor of 2026:
 *
 * <pre>
 * 200 {"result":"ok","data":{"host":"core-mosquitto","port":1883,"ssl":false,"username":"addons","password":"..."}}
 * 400 {"result":"error","message":"Service not enabled"}           there is no broker add-on, or it was never started
 * 400 {"result":"error","message":"System is not ready with state: startup"}
 * 401, 403                                                         it does not know our token
 * </pre>
 *
 * <p>Thread-safe. The plain client of the JDK leaves no threads behind, unlike the one that asks the recorder every
 * second.
 */
public final class Supervisor {

    private static final String USUAL_ADDRESS = "http://supervisor";
    private static final String QUESTION = "/services/mqtt";
    private static final String NO_BROKER =
            "No MQTT broker: install and start the Mosquitto broker add-on, or set mqtt.broker_host";
    private static final int CONNECT_MILLIS = 2_000;
    private static final int READ_MILLIS = 5_000;
    private static final int MOST_BYTES = 64 << 10;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String address;
    private final String token;

    private Supervisor(String address, String token) {
        this.address = address;
        this.token = token;
    }

    /** The Supervisor that started this program, if one did, as its environment tells. */
    public static Optional<Supervisor> of(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("SUPERVISOR_TOKEN"))
                .filter(token -> !token.isBlank())
                .map(token -> new Supervisor(environment.getOrDefault("SUPERVISOR", USUAL_ADDRESS), token));
    }

    /** Where it is, for people. */
    String address() {
        return address;
    }

    /**
     * How to reach the broker as it is now; answers or fails within a few seconds.
     *
     * @param own the client that wants to; its own user and password win
     * @param trust whom to trust where the broker speaks TLS
     */
    public BrokerSettings broker(BrokerSettings own, BrokerSettings.Tls trust) throws NoServiceException {
        return mqtt().in(own, trust);
    }

    private MqttService mqtt() throws NoServiceException {
        try {
            if (!(URI.create(address + QUESTION).toURL().openConnection() instanceof HttpURLConnection connection)) {
                throw new IOException("no address of HTTP");
            }
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout(READ_MILLIS);
            connection.setInstanceFollowRedirects(false);
            connection.setRequestProperty("Authorization", "Bearer " + token);
            return service(connection.getResponseCode(), body(connection));
        } catch (IOException | IllegalArgumentException e) {
            throw new NoServiceException(
                    Kind.WEATHER,
                    "The Supervisor at %s, which is asked since mqtt.broker_host is not set, does not answer"
                            .formatted(address));
        }
    }

    private static byte[] body(HttpURLConnection connection) throws IOException {
        boolean fine = connection.getResponseCode() < HttpURLConnection.HTTP_BAD_REQUEST;
        try (InputStream in = fine ? connection.getInputStream() : connection.getErrorStream()) {
            return in == null ? new byte[0] : in.readNBytes(MOST_BYTES);
        }
    }

    private static MqttService service(int status, byte[] body) throws NoServiceException {
        JsonNode answer = json(body);
        String message = answer.path("message").asText();
        if (status == HttpURLConnection.HTTP_UNAUTHORIZED || status == HttpURLConnection.HTTP_FORBIDDEN) {
            throw new NoServiceException(
                    Kind.REFUSAL,
                    "The Supervisor does not tell us the MQTT broker (%d): start this add-on again, or set mqtt.broker_host"
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
                        "The Supervisor's answer to GET %s cannot be used (status %d); set mqtt.broker_host if it stays so"
                                .formatted(QUESTION, status)));
    }

    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        } catch (IOException e) {
            throw new AssertionError("Bytes in memory are always read", e);
        }
    }
}
