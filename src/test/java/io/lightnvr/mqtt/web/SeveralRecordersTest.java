package io.lightnvr.mqtt.web;

import static io.lightnvr.mqtt.web.FakeBridge.DOOR;
import static io.lightnvr.mqtt.web.FakeBridge.NOW;
import static io.lightnvr.mqtt.web.FakeBridge.YARD;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lightnvr.mqtt.status.Finding;
import io.lightnvr.mqtt.status.Part;
import io.lightnvr.mqtt.status.PartStatus.Condition;
import io.lightnvr.mqtt.status.StreamStatus;
import io.lightnvr.mqtt.status.VisitStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page tells and does where there are several recorders. */
class SeveralRecordersTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private final FakeBridge house = new FakeBridge();
    private final FakeBridge barn = new FakeBridge();
    private List<Watched> recorders;
    private StatusJson status;
    private BridgeRoutes routes;

    @BeforeEach
    void wire() {
        house.name = Optional.of("house");
        barn.name = Optional.of("barn");
        house.hasStreams(new StreamStatus.Camera(DOOR, true, false, List.of()));
        barn.hasStreams(
                new StreamStatus.Camera(DOOR, true, false, List.of()),
                new StreamStatus.Camera(YARD, false, true, List.of()));
        recorders = List.of(
                house.watched(house.history(folder.resolve("house"))),
                barn.watched(barn.history(folder.resolve("barn"))));
        status = new StatusJson(recorders, house.log, house, house.clock);
        routes = new BridgeRoutes(
                recorders,
                status,
                new Metrics(recorders, house.clock),
                new BugReport(recorders, house.log, house, house.clock),
                new HealthNews(new Broadcast(() -> new byte[0]), () -> new byte[0], () -> {}, 1),
                house);
    }

    private static JsonNode json(byte[] bytes) throws IOException {
        return JSON.readTree(bytes);
    }

    private Answer post(String path, String body) throws InterruptedException {
        return routes.answer(new Request("POST", path, Map.of(), body.getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(Answer answer) {
        return new String(((Answer.Whole) answer.body()).bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void eachStreamSaysWhoseItIsAndHasAKeyOfItsOwn() throws IOException {
        JsonNode streams = json(status.status()).path("streams");

        assertThat(streams.findValuesAsText("recorder")).containsExactly("house", "barn", "barn");
        assertThat(streams.findValuesAsText("key"))
                .containsExactly("house:" + DOOR.key(), "barn:" + DOOR.key(), "barn:yard");
        assertThat(json(status.event(recorders.get(1), FakeBridge.event(YARD)))
                        .path("stream")
                        .asText())
                .isEqualTo("barn:yard");
    }

    @Test
    void thereIsEachRecorderAndOneOfEachOtherNeighbour() throws IOException {
        house.live.part(Part.RECORDER, Condition.ONLINE, "");
        barn.live.part(Part.RECORDER, Condition.OFFLINE, "Check nvr.url");
        house.live.part(Part.BROKER, Condition.ONLINE, "");
        barn.live.part(Part.BROKER, Condition.OFFLINE, "It refuses the connection");
        house.live.part(Part.HOME_ASSISTANT, Condition.ONLINE, "");

        JsonNode parts = json(status.status()).path("parts");

        assertThat(parts.findValuesAsText("part"))
                .containsExactly("recorder", "recorder", "broker", "home_assistant", "supervisor");
        assertThat(parts.findValuesAsText("state"))
                .containsExactly("online", "offline", "offline", "online", "unknown");
        assertThat(parts.findValuesAsText("recorder")).containsExactly("house", "barn");
        assertThat(parts.path(1).path("sentence").asText()).isEqualTo("Check recorders[1].url");
        assertThat(json(status.part(recorders.get(0), house.live.parts().get(1)))
                        .path("state")
                        .asText())
                .as("news of the broker that one bridge has")
                .isEqualTo("offline");
    }

    @Test
    void findingsSayWhoseTheyAreAndThoseOfRecordersThatDoNotRunComeFirst() throws IOException {
        house.troubles.add(Finding.failed("shed/store", "cannot be opened", ""));
        house.left.add("yard");
        barn.board.replaceFindings("x", List.of(Finding.warning("recorder", "is slow", "check nvr.url")));

        JsonNode health = json(status.health());

        assertThat(health.path("findings").findValuesAsText("part")).containsExactly("shed/store", "barn/recorder");
        assertThat(health.path("findings").findValuesAsText("what_to_do"))
                .containsExactly("", "check recorders[1].url");
        assertThat(health.path("left").path(0).asText()).isEqualTo("yard");
    }

    @Test
    void countsAreThoseOfAllTogether() throws IOException {
        house.board.published(Duration.ofMillis(3));
        barn.board.published(Duration.ofMillis(90));
        house.waiting = new PageBackend.Waiting(2, Optional.of(NOW.minusSeconds(5)), 1);
        barn.waiting = new PageBackend.Waiting(3, Optional.of(NOW.minusSeconds(9)), 1);
        barn.board.error("The disk is full");

        JsonNode health = json(status.health());

        assertThat(health.path("counts").path("published").asInt()).isEqualTo(2);
        assertThat(health.path("counts").path("waiting").asInt()).isEqualTo(5);
        assertThat(health.path("counts").path("dropped").asInt()).isEqualTo(2);
        assertThat(health.path("counts").path("oldest_waiting").asText()).isEqualTo("2026-11-29T06:31:14.123Z");
        assertThat(health.path("counts").path("last_error").asText()).isEqualTo("barn: The disk is full");
        assertThat(health.path("hour").path("latency_max_ms").path(59).asInt()).isEqualTo(90);
        assertThat(health.path("history").path("limit_bytes").asInt()).isEqualTo(2_000);
    }

    @Test
    void visitsOfAllAreTheNewestFirst() throws Exception {
        recorders.get(0).history().visited(VisitOf.visit(1, DOOR, VisitStatus.Phase.START));
        recorders.get(1).history().visited(VisitOf.visit(2, DOOR, VisitStatus.Phase.START));
        recorders.get(0).history().visited(VisitOf.visit(3, DOOR, VisitStatus.Phase.START));

        JsonNode visits = json(status.visits()).path("visits");

        assertThat(visits.findValuesAsText("recorder")).containsExactly("house", "barn", "house");
        assertThat(visits.path(1).path("stream").asText()).isEqualTo("barn:" + DOOR.key());
    }

    @Test
    void eachSampleHasTheLabelOfItsRecorder() {
        barn.board.published(Duration.ofMillis(3));
        barn.live.part(Part.RECORDER, Condition.ONLINE, "");

        assertThat(new Metrics(recorders, house.clock).text())
                .contains("lightnvr_published_total{recorder=\"house\"} 0\n")
                .contains("lightnvr_published_total{recorder=\"barn\"} 1\n")
                .contains("lightnvr_connected{recorder=\"barn\",part=\"recorder\"} 1\n")
                .contains("lightnvr_delivery_seconds_count{recorder=\"barn\"} 1\n")
                .contains("lightnvr_stream_online{recorder=\"barn\",stream=\"yard\"} 0\n")
                .contains("lightnvr_build_info{version=\"0.3.0\"} 1\n")
                .containsOnlyOnce("# TYPE lightnvr_published_total");
    }

    @Test
    void whatAPersonWantsReachesTheRecorderOfTheStream() throws Exception {
        post("api/test-event", "{\"stream\":\"barn:%s\",\"label\":\"person\"}".formatted(DOOR.key()));
        post("api/forget", "{\"stream\":\"barn:yard\"}");
        post("api/announce", "{}");

        assertThat(barn.done).containsExactly("test event of person in Front Door", "forget yard", "announce");
        assertThat(house.done).containsExactly("announce");
        assertThat(routes.answer(
                                new Request("GET", "api/picture", Map.of("stream", "house:" + DOOR.key()), new byte[0]))
                        .status())
                .isEqualTo(200);
        assertThat(house.done).contains("picture of Front Door");
    }

    @Test
    void forgetsARecorderThatHasNoEntryAndNoOther() throws Exception {
        house.left.add("shed");

        assertThat(post("api/forget-recorder", "{\"recorder\":\"barn\"}").status())
                .isEqualTo(404);
        assertThat(text(post("api/forget-recorder", "{\"recorder\":\"shed\"}"))).contains("It is gone");
        assertThat(house.done).containsExactly("forget the recorder shed");

        house.refusal = Optional.of("The broker is away");

        assertThat(post("api/forget-recorder", "{\"recorder\":\"shed\"}").status())
                .isEqualTo(502);
    }

    @Test
    void aReportNamesTheRecorderInEachLine() {
        assertThat(new BugReport(recorders, house.log, house, house.clock).text())
                .contains("house: recorder: unknown since the start", "barn: yard: gone, 0 zones");
    }
}
