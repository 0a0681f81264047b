package io.lightnvr.mqtt.demo.recorder;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Asks a simulated recorder and reads what it says as {@link Captured} does. */
final class TestClient {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final SimulatedRecorder recorder;

    TestClient(SimulatedRecorder recorder) {
        this.recorder = recorder;
    }

    Captured get(String path, String... headers) {
        return ask(request(path, headers).GET());
    }

    Captured post(String path, String body, String... headers) {
        return ask(request(path, headers).POST(HttpRequest.BodyPublishers.ofString(body, UTF_8)));
    }

    Captured put(String path, String body, String... headers) {
        return ask(request(path, headers).PUT(HttpRequest.BodyPublishers.ofString(body, UTF_8)));
    }

    /** Whether anything answers at all. */
    boolean reaches(String path) {
        try {
            HTTP.send(request(path).build(), HttpResponse.BodyHandlers.discarding());
            return true;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(recorder.url() + path)).timeout(Duration.ofSeconds(60));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static Captured ask(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            Map<String, String> headers = answer.headers().map().entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, entry -> entry.getValue().get(0), (a, b) -> b, TreeMap::new));
            headers.remove("date");
            headers.remove("content-length");
            return new Captured(answer.statusCode(), headers, new String(answer.body(), ISO_8859_1));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
