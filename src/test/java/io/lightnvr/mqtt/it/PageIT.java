package io.lightnvr.mqtt.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The page of a running bridge, as programs see it. */
@Execution(ExecutionMode.CONCURRENT)
class PageIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_LISTENERS = 20;

    @RegisterExtension
    final TestBed bed = new TestBed();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port = Ports.free();
    private SimulatedRecorder recorder;
    private Camera camera;
    private Mosquitto broker;

    @BeforeEach
    void start() {
        recorder = bed.recorder();
        camera = Camera.of(recorder, "front_door");
        broker = bed.broker();
    }

    @Test
    void tellsAnEventToThoseWhoLookAndToPrometheus() throws Exception {
        run(options());
        Arrivals<String> seen = listen();
        seen.await("the greeting", "event: hello"::equals);

        camera.awaitWatched().sees(Measured.person());

        seen.await("the event", "event: detection"::equals);
        String told = seen.await("its detection", line -> line.startsWith("data: {\"stream\""));
        JsonNode event = JSON.readTree(told.substring("data: ".length()));
        assertThat(event.path("stream").asText()).isEqualTo("front_door");
        assertThat(event.path("detections").path(0).path("label").asText()).isEqualTo("person");
        seen.await("the visit", "event: visit"::equals);
        JsonNode status = JSON.readTree(get("api/status").body());
        assertThat(status.path("counts").path("seen").asInt()).isEqualTo(1);
        assertThat(status.path("streams").path(0).path("last")).isEqualTo(event);
        assertThat(get("metrics").body())
                .contains("lightnvr_events_total 1\n")
                .contains("lightnvr_detections_total{stream=\"front_door\",label=\"person\"} 1\n")
                .contains("lightnvr_connected{part=\"recorder\"} 1\n");
        assertThat(get("healthz").body()).isEqualTo("ok\n");
    }

    @Test
    void showsNobodyAsThereWhomTheNextStartDoesNotKnow() throws Exception {
        BridgeProcess bridge = run(options());
        camera.awaitWatched();
        Arrivals<String> seen = listen();
        seen.await("the greeting", "event: hello"::equals);
        camera.sees(Measured.person());
        seen.await("the visit", "event: visit"::equals);
        assertThat(bridge.terminate()).isZero();

        camera.expectAnotherBridge();
        run(options().with("visits", "enabled", false));
        camera.awaitWatched();

        JsonNode visits = JSON.readTree(get("api/visits").body()).path("visits");
        assertThat(visits).hasSize(1);
        assertThat(visits.path(0).path("phase").asText()).isEqualTo("end");
        assertThat(visits.path(0).path("ended").asText()).isNotEmpty();
    }

    @Test
    void endsInOrderWhileTwentyLook() throws Exception {
        BridgeProcess bridge = run(options());
        Subscriber subscriber = Subscriber.start(bed, broker, "listener", "lightnvr/#");
        subscriber.await("lightnvr/availability", "online");
        List<Arrivals<String>> all = new ArrayList<>();
        for (int listener = 0; listener < MOST_LISTENERS; listener++) {
            all.add(listen());
        }
        for (Arrivals<String> each : all) {
            each.await("the greeting", "event: hello"::equals);
        }
        assertThat(get("api/events").statusCode()).isEqualTo(503);

        assertThat(bridge.terminate()).isZero();

        for (Arrivals<String> each : all) {
            each.await("the farewell", "event: closing"::equals);
        }
        subscriber.await("lightnvr/availability", "offline");
    }

    @Test
    void runsWithoutItsPageWhereThePortIsTaken() throws Exception {
        try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            BridgeProcess bridge = BridgeProcess.run(bed, options());

            assertThat(bridge.awaitLog("runs without its page"))
                    .contains("127.0.0.1:" + other.getLocalPort(), "web.port");
            Subscriber subscriber = Subscriber.start(bed, broker, "listener", "lightnvr/#");
            camera.awaitWatched().sees(Measured.person());
            subscriber.await("lightnvr/detections/front_door");
        }
    }

    @Test
    void asksOthersForThePassword() throws Exception {
        run(options().with("web", "bind", "0.0.0.0").with("web", "password", "open sesame"));

        assertThat(get("api/status").statusCode()).isEqualTo(401);
        assertThat(get("healthz").statusCode()).isEqualTo(200);
        HttpRequest known = request("api/status")
                .header("Authorization", basic("anybody", "open sesame"))
                .build();
        HttpResponse<String> answer = http.send(known, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"web.password\",\"(hidden)\"").doesNotContain("sesame");
    }

    private BridgeOptions options() {
        return BridgeOptions.of(recorder, broker.port()).with("web", "port", port);
    }

    private BridgeProcess run(BridgeOptions options) {
        BridgeProcess bridge = BridgeProcess.run(bed, options);
        bridge.awaitLog("The page is at http://");
        return bridge;
    }

    private Arrivals<String> listen() {
        Arrivals<String> seen = new Arrivals<>("the page");
        http.sendAsync(request("api/events").build(), HttpResponse.BodyHandlers.ofLines())
                .thenAccept(answer -> {
                    Thread reader = new Thread(() -> read(answer.body(), seen), "listener");
                    reader.setDaemon(true);
                    reader.start();
                });
        return seen;
    }

    private static void read(Stream<String> lines, Arrivals<String> seen) {
        try (lines) {
            lines.forEach(seen::add);
        } catch (UncheckedIOException e) {
            // The bridge has ended.
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + path));
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
