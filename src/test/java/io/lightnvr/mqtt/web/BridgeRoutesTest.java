package io.lightnvr.mqtt.web;

import static io.lightnvr.mqtt.web.FakeBridge.DOOR;
import static io.lightnvr.mqtt.web.FakeBridge.YARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lightnvr.mqtt.status.Finding;
import io.lightnvr.mqtt.status.StreamStatus;
import io.lightnvr.mqtt.status.VisitStatus.Phase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BridgeRoutesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private final FakeBridge bridge = new FakeBridge();
    private VisitHistory history;
    private BridgeRoutes routes;

    @BeforeEach
    void wire() {
        bridge.hasStreams(
                new StreamStatus.Camera(DOOR, true, false, List.of()),
                new StreamStatus.Camera(YARD, false, true, List.of()));
        history = bridge.history(folder);
        List<Watched> recorders = List.of(bridge.watched(history));
        Broadcast broadcast = new Broadcast(() -> new byte[0]);
        routes = new BridgeRoutes(
                recorders,
                new StatusJson(recorders, bridge.log, bridge, bridge.clock),
                new Metrics(recorders, bridge.clock),
                new BugReport(recorders, bridge.log, bridge, bridge.clock),
                new HealthNews(broadcast, () -> new byte[0], () -> {}, 1),
                bridge);
    }

    private Answer get(String path, Map<String, String> query) throws InterruptedException {
        return routes.answer(new Request("GET", path, query, new byte[0]));
    }

    private Answer get(String path) throws InterruptedException {
        return get(path, Map.of());
    }

    private Answer post(String path, String body) throws InterruptedException {
        return routes.answer(new Request("POST", path, Map.of(), body.getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(Answer answer) {
        return new String(((Answer.Whole) answer.body()).bytes(), StandardCharsets.UTF_8);
    }

    private static void isError(Answer answer, int status, String sentence) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(text(answer)).isEqualTo("{\"error\":\"" + sentence + "\"}");
    }

    private static String streamed(Answer answer) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ((Answer.Bits) answer.body()).streamed().writeTo(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void isHealthyAsLongAsTheLoopsWork() throws Exception {
        assertThat(text(get("healthz"))).isEqualTo("ok\n");

        bridge.isWorking = false;

        isError(get("healthz"), 503, "The bridge's loops do not work");
    }

    @Test
    void hasMetricsAndAReport() throws Exception {
        assertThat(get("metrics").headers()).containsEntry("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
        assertThat(text(get("metrics"))).contains("lightnvr_events_total 0\n");
        assertThat(text(get("api/report"))).contains("stream-1: online").doesNotContain("Front Door");
    }

    @Test
    void listsTheVisitsTheNewestFirst() throws Exception {
        assertThat(text(get("api/visits"))).isEqualTo("{\"visits\":[]}");
        history.visited(VisitOf.visit(1, DOOR, Phase.START));
        history.visited(VisitOf.visit(2, YARD, Phase.START));

        JsonNode visits = JSON.readTree(text(get("api/visits"))).get("visits");

        assertThat(visits.findValuesAsText("id")).containsExactly(VisitOf.id(2), VisitOf.id(1));
    }

    @Test
    void givesThePictureOfAVisitForGood() throws Exception {
        history.visited(VisitOf.visit(1, DOOR, Phase.START));
        history.pictured(DOOR, new byte[] {1, 2}, Optional.empty());

        Answer answer = get("api/visits/" + VisitOf.id(1) + "/picture", Map.of("v", "1"));

        assertThat(((Answer.Whole) answer.body()).bytes()).containsExactly(1, 2);
        assertThat(answer.headers()).containsEntry("Content-Type", "image/jpeg");
        assertThat(answer.headers().get("Cache-Control")).contains("immutable");
        isError(get("api/visits/" + VisitOf.id(2) + "/picture"), 404, "No picture of this visit is kept");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api",
                "api/",
                "api/visits/",
                "api/visits/../../etc/passwd/picture",
                "api/visits/0000000000000000000000000000000G/picture",
                "api/visits/00000000000000000000000000000001/picture/",
                "api/status/",
                "API/status"
            })
    void thereIsNothingElsewhere(String path) throws Exception {
        isError(get(path), 404, "There is nothing at this address");
    }

    @Test
    void givesAPictureOfNow() throws Exception {
        Answer answer = get("api/picture", Map.of("stream", DOOR.key(), "t", "7"));

        assertThat(((Answer.Whole) answer.body()).bytes()).isEqualTo(bridge.picture.orElseThrow());
        assertThat(answer.headers()).containsEntry("Cache-Control", "no-store");
        assertThat(bridge.done).containsExactly("picture of Front Door");
    }

    @Test
    void asksForNoPictureOfAStreamThatIsNotThere() throws Exception {
        isError(get("api/picture"), 404, "There is no such stream");
        isError(get("api/picture", Map.of("stream", "Front Door")), 404, "There is no such stream");
        bridge.picture = Optional.empty();
        isError(
                get("api/picture", Map.of("stream", DOOR.key())),
                404,
                "The recorder has no picture of this stream now");
        assertThat(bridge.done).hasSize(1);
    }

    @Test
    void tellsWhyThereIsNoPictureNow() throws Exception {
        bridge.refusal = Optional.of("The recorder answered with more than 1024 KiB");

        Answer answer = get("api/picture", Map.of("stream", DOOR.key()));

        isError(answer, 503, "The recorder answered with more than 1024 KiB");
        assertThat(answer.headers()).containsEntry("Retry-After", "2");
    }

    @Test
    void testsAnEvent() throws Exception {
        Answer answer = post("api/test-event", "{\"stream\":\"" + DOOR.key() + "\",\"label\":\"person\"}");

        assertThat(text(answer)).isEqualTo("{\"sentence\":\"The broker has accepted it\"}");
        assertThat(bridge.done).containsExactly("test event of person in Front Door");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "\u0000",
                "{}",
                "{\"stream\":{\"a\":1}}",
                "{\"stream\":\"other\",\"label\":\"x\"}",
                "[[[[[[[[[["
            })
    void testsNoEventOfAStreamThatIsNotThere(String body) throws Exception {
        isError(post("api/test-event", body), 404, "There is no such stream");
        isError(post("api/test-event", "[".repeat(4_000)), 404, "There is no such stream");
    }

    @Test
    void aLabelHasOneToAHundredCharacters() throws Exception {
        String begin = "{\"stream\":\"" + DOOR.key() + "\",\"label\":\"";
        for (String wrong : List.of("", " ", "x".repeat(101))) {
            isError(post("api/test-event", begin + wrong + "\"}"), 400, "The label must have 1 to 100 characters");
        }
        assertThat(post("api/test-event", begin + "x".repeat(100) + "\"}").status())
                .isEqualTo(200);
    }

    @Test
    void tellsWhyAnEventCannotBeTested() throws Exception {
        bridge.refusal = Optional.of("The broker is away");

        isError(post("api/test-event", "{\"stream\":\"yard\",\"label\":\"dog\"}"), 502, "The broker is away");
    }

    @Test
    void testsTwoEventsAtATime() throws Exception {
        String body = "{\"stream\":\"yard\",\"label\":\"dog\"}";
        List<Answer> answers = new ArrayList<>();
        bridge.whileTesting = () -> {
            try {
                answers.add(post("api/test-event", body));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        };

        answers.add(post("api/test-event", body));

        isError(answers.get(0), 409, "Two test events are on their way already: wait for the broker's answer");
        assertThat(answers).extracting(Answer::status).containsExactly(409, 200, 200);
        bridge.whileTesting = () -> {};
        assertThat(post("api/test-event", body).status()).isEqualTo(200);
    }

    @Test
    void announcesEverythingAgain() throws Exception {
        assertThat(text(post("api/announce", ""))).contains("\"sentence\":\"The bridge announces everything");
        assertThat(bridge.done).containsExactly("announce");
    }

    @Test
    void forgetsOnlyAStreamThatIsGone() throws Exception {
        isError(
                post("api/forget", "{\"stream\":\"" + DOOR.key() + "\"}"),
                409,
                "The recorder has this stream: disable or delete it there first");
        isError(post("api/forget", "{\"stream\":\"nobody\"}"), 404, "There is no such stream");
        assertThat(bridge.done).isEmpty();

        assertThat(text(post("api/forget", "{\"stream\":\"yard\"}")))
                .contains("removes the device and the retained messages of yard");
        assertThat(bridge.done).containsExactly("forget yard");
    }

    @Test
    void showsWhatTheDoctorFindsLineByLineAndTheWorstOfItLast() throws Exception {
        bridge.findings.add(Finding.ok("recorder", "The recorder answers"));
        bridge.findings.add(Finding.failed("broker", "refuses\nthe login", "give a password"));
        bridge.findings.add(Finding.warning("topics", "odd", ""));

        assertThat(streamed(post("api/check", ""))).isEqualTo("""
                {"part":"recorder","verdict":"ok","sentence":"The recorder answers","what_to_do":""}
                {"part":"broker","verdict":"failed","sentence":"refuses\\nthe login","what_to_do":"give a password"}
                {"part":"topics","verdict":"warning","sentence":"odd","what_to_do":""}
                {"result":"failed"}
                """);
    }

    @Test
    void oneDoctorIsEnough() throws Exception {
        bridge.whileChecking = () -> {
            try {
                isError(post("api/check", ""), 409, "The doctor examines the bridge already");
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        };

        assertThat(streamed(post("api/check", ""))).isEqualTo("{\"result\":\"ok\"}\n");
        assertThat(streamed(post("api/check", ""))).isEqualTo("{\"result\":\"ok\"}\n");
    }

    @Test
    void oneWhoLeavesBeforeTheExaminationDoesNotKeepOthersFromIt() throws Exception {
        assertThat(post("api/check", "").status()).isEqualTo(200);

        Answer second = post("api/check", "");
        Answer third = post("api/check", "");
        bridge.whileChecking = () -> {
            try {
                assertThat(streamed(third)).isEqualTo("{\"error\":\"The doctor examines the bridge already\"}\n");
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        };

        assertThat(streamed(second)).isEqualTo("{\"result\":\"ok\"}\n");
    }

    @Test
    void theExaminationEndsWithTheOneWhoLeaves() throws Exception {
        bridge.findings.add(Finding.ok("recorder", "The recorder answers"));
        OutputStream gone = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("gone");
            }
        };
        Answer answer = post("api/check", "");

        assertThatThrownBy(() -> ((Answer.Bits) answer.body()).streamed().writeTo(gone))
                .isInstanceOf(IOException.class)
                .hasMessage("gone");
        assertThat(post("api/check", "").status()).isEqualTo(200);
    }

    @Test
    void aFaultOfTheDoctorKeepsNobodyFromAskingAgain() throws Exception {
        bridge.whileChecking = () -> {
            throw new IllegalStateException("a fault");
        };
        assertThatThrownBy(() -> streamed(post("api/check", ""))).hasMessage("a fault");

        assertThat(post("api/check", "").status()).isEqualTo(200);
    }
}
