package io.lightnvr.mqtt.web;

import static io.lightnvr.mqtt.web.FakeBridge.DOOR;
import static io.lightnvr.mqtt.web.FakeBridge.YARD;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lightnvr.mqtt.status.LogLines;
import io.lightnvr.mqtt.status.Part;
import io.lightnvr.mqtt.status.PartStatus;
import io.lightnvr.mqtt.status.StreamStatus;
import io.lightnvr.mqtt.status.VisitStatus.Phase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private final FakeBridge bridge = new FakeBridge();
    private final HttpClient client = HttpClient.newHttpClient();
    private Page page;

    @BeforeEach
    void open() throws IOException {
        bridge.hasStreams(
                new StreamStatus.Camera(DOOR, true, false, List.of()),
                new StreamStatus.Camera(YARD, true, false, List.of()));
        page = start();
    }

    private Page start() throws IOException {
        return new Page(
                new PageSettings(
                        new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0),
                        Optional.empty(),
                        false,
                        PageSettings.BRIDGE),
                new Page.Content(
                        List.of(new Page.Recorder(
                                Optional.empty(), bridge.live, bridge.board, folder.resolve("page"), bridge)),
                        bridge.log,
                        1_000),
                bridge,
                fault -> {});
    }

    @AfterEach
    void close() {
        page.close();
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + page.address().getPort() + "/" + path))
                .build();
    }

    private JsonNode visits() throws IOException, InterruptedException {
        return JSON.readTree(client.send(request("api/visits"), HttpResponse.BodyHandlers.ofByteArray())
                        .body())
                .get("visits");
    }

    /** All events from the hello on, up to one of a kind. */
    private CompletableFuture<List<String>> eventsUntil(String last, CountDownLatch listens) {
        CompletableFuture<List<String>> heard = new CompletableFuture<>();
        Thread reader = new Thread(() -> {
            try (InputStream body = client.send(request("api/events"), HttpResponse.BodyHandlers.ofInputStream())
                            .body();
                    BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
                List<String> events = new ArrayList<>();
                while (!events.contains(last)) {
                    String line = lines.readLine();
                    if (line.startsWith("event: ")) {
                        events.add(line.substring("event: ".length()));
                        listens.countDown();
                    }
                }
                heard.complete(events);
            } catch (IOException | InterruptedException | RuntimeException e) {
                heard.completeExceptionally(e);
            }
        });
        reader.start();
        return heard;
    }

    @Test
    void tellsThoseWhoListenWhatHappens() throws Exception {
        CountDownLatch listens = new CountDownLatch(1);
        CompletableFuture<List<String>> events = eventsUntil("log", listens);
        listens.await();

        bridge.live.detected(FakeBridge.event(DOOR));
        bridge.live.visited(VisitOf.visit(1, DOOR, Phase.START));
        bridge.live.pictured(DOOR, new byte[10]);
        bridge.live.shows(DOOR, List.of("person"), Set.of());
        bridge.live.part(Part.BROKER, PartStatus.Condition.ONLINE, "");
        bridge.log.add(new LogLines.Line("", "", "a line"));

        assertThat(events.get().stream().filter(event -> !event.equals("health")))
                .containsExactly("hello", "detection", "visit", "visit", "streams", "part", "log");
    }

    @Test
    void drawsTheLastDetectionOverAPicture() throws Exception {
        bridge.live.visited(VisitOf.visit(1, DOOR, Phase.START));
        bridge.live.detected(FakeBridge.event(DOOR));
        bridge.live.pictured(DOOR, new byte[10]);

        JsonNode visit = visits().get(0);

        assertThat(visit.get("picture").isInt()).isTrue();
        assertThat(visit.get("shown").get("label").asText()).isEqualTo("person");
        assertThat(visit.get("shown").get("confidence").asDouble()).isEqualTo(0.75);
    }

    @Test
    void aPictureIsNotFromBeforeTheLastDetection() throws Exception {
        HttpRequest picture = request("api/picture?stream=" + DOOR.key());
        client.send(picture, HttpResponse.BodyHandlers.ofByteArray());

        bridge.live.detected(FakeBridge.event(DOOR));
        client.send(picture, HttpResponse.BodyHandlers.ofByteArray());

        assertThat(bridge.done).containsExactly("picture of Front Door", "picture of Front Door");
    }

    @Test
    void visitsGoOnUnderAnotherName() throws Exception {
        bridge.live.visited(VisitOf.visit(1, DOOR, Phase.START));

        bridge.live.renamed(DOOR, YARD);

        assertThat(visits().get(0).get("name").asText()).isEqualTo("yard");
    }

    @Test
    void visitsThatABridgeDoesNotKnowWhenItBeginsAreOver() throws Exception {
        bridge.live.visited(VisitOf.visit(1, DOOR, Phase.START));
        bridge.live.visited(VisitOf.visit(2, YARD, Phase.START));

        bridge.live.visitsOpen(Set.of(VisitOf.id(2)));

        assertThat(visits().get(1).get("phase").asText()).isEqualTo("end");
        assertThat(visits().get(1).get("ended").asText()).isEqualTo("2026-11-29T06:31:24.000Z");
        assertThat(visits().get(0).get("phase").asText()).isEqualTo("start");
    }

    @Test
    void keepsAllThatItKnewWhenItWasClosed() throws Exception {
        for (int i = 0; i < 150; i++) {
            bridge.live.visited(VisitOf.visit(i, DOOR, Phase.START));
            bridge.live.visited(VisitOf.visit(i, DOOR, Phase.UPDATE, 3));
        }
        bridge.live.visited(VisitOf.visit(149, DOOR, Phase.UPDATE, 7));
        JsonNode before = visits();
        page.close();

        page = start();

        assertThat(before).hasSize(150);
        assertThat(visits()).isEqualTo(before);
    }

    @Test
    void newsAreTakenAfterTheEnd() {
        page.close();

        bridge.live.visited(VisitOf.visit(1, DOOR, Phase.START));
        bridge.live.pictured(DOOR, new byte[10]);
        bridge.live.detected(FakeBridge.event(DOOR));
        bridge.live.renamed(DOOR, YARD);
        bridge.log.add(new LogLines.Line("", "", "a line"));

        page.close();
    }
}
