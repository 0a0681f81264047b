package io.lightnvr.mqtt.it.ha;

import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.it.Arrivals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Home Assistant's REST API, for the few things that its WebSocket cannot do. */
final class Rest {

    private final HttpClient client;
    private final int port;
    private final String token;

    Rest(HttpClient client, int port, String token) {
        this.client = client;
        this.port = port;
        this.token = token;
    }

    JsonNode post(String path, Map<String, ?> body) {
        return Json.read(text(path, body));
    }

    /** The answer to a POST where it is no JSON. */
    String text(String path, Map<String, ?> body) {
        byte[] answer = send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.write(body)))
                .build());
        return new String(answer, StandardCharsets.UTF_8);
    }

    /** What there is at a path, such as a picture. */
    byte[] bytes(String path) {
        return send(request(path).build());
    }

    /** The same, where there may be nothing yet. */
    Optional<byte[]> find(String path) {
        HttpResponse<byte[]> answer = answer(request(path).build());
        return Optional.of(answer)
                .filter(some -> some.statusCode() == HttpURLConnection.HTTP_OK)
                .map(HttpResponse::body);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Arrivals.PATIENCE)
                .header("Authorization", "Bearer " + token);
    }

    private byte[] send(HttpRequest request) {
        HttpResponse<byte[]> answer = answer(request);
        if (answer.statusCode() != HttpURLConnection.HTTP_OK) {
            throw new AssertionError("%s: %d %s"
                    .formatted(request, answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8)));
        }
        return answer.body();
    }

    private HttpResponse<byte[]> answer(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("Interrupted during " + request, e);
        }
    }
}
