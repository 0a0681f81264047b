package io.lightnvr.mqtt.web;

import static io.lightnvr.mqtt.web.FakeBridge.DOOR;
import static io.lightnvr.mqtt.web.FakeBridge.NOW;
import static io.lightnvr.mqtt.web.FakeBridge.YARD;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.status.Finding;
import io.lightnvr.mqtt.status.LogLines;
import io.lightnvr.mqtt.status.Part;
import io.lightnvr.mqtt.status.PartStatus;
import io.lightnvr.mqtt.status.StreamStatus;
import io.lightnvr.mqtt.status.VisitStatus;
import io.lightnvr.mqtt.status.VisitStatus.Phase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusJsonTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern TIME = Pattern.compile("\"[^\"]*\\dT\\d[^\"]*\"");

    @TempDir
    private Path folder;

    private final FakeBridge bridge = new FakeBridge();
    private VisitHistory history;
    private StatusJson status;

    @BeforeEach
    void wire() {
        history = bridge.history(folder);
        status = new StatusJson(List.of(bridge.watched(history)), bridge.log, bridge, bridge.clock);
    }

    /** Everything that there may be. */
    private void fill() {
        bridge.hasStreams(
                new StreamStatus.Camera(DOOR, true, false, List.of(FakeBridge.zone("Porch"), FakeBridge.zone("Path"))),
                new StreamStatus.Camera(YARD, false, true, List.of()));
        bridge.live.part(Part.RECORDER, PartStatus.Condition.ONLINE, "");
        bridge.live.part(Part.BROKER, PartStatus.Condition.OFFLINE, "The broker refuses the login");
        bridge.live.part(Part.SUPERVISOR, PartStatus.Condition.ABSENT, "");
        bridge.live.shows(DOOR, List.of("person", "animal"), Set.of("Porch"));
        bridge.live.detected(FakeBridge.event(DOOR));
        bridge.board.seen(List.of(
                new DetectionEvent(DOOR, 1_764_398_400L, FakeBridge.event(DOOR).detections(), NOW)));
        bridge.board.visit();
        bridge.board.published(Duration.ofMillis(42));
        bridge.board.missed(3);
        bridge.board.refused();
        bridge.board.error("The broker is away");
        bridge.board.replaceFindings("broker", List.of(Finding.failed("broker", "is away", "start it")));
        bridge.waiting = new PageBackend.Waiting(5, Optional.of(NOW.minusSeconds(60)), 4);
        bridge.configuration.put("nvr.url", "http://recorder:8080");
        bridge.configuration.put("mqtt.password", "(hidden)");
        bridge.log.add(new LogLines.Line("2026-11-29 06:31:23.123", "WARN", "The broker is \"away\""));
        bridge.log.add(new LogLines.Line("", "", "\tat line.of(Trace.java)"));
        history.visited(VisitOf.visit(1, DOOR, Phase.START));
        history.pictured(DOOR, new byte[77], Optional.empty());
    }

    private static void isLike(String golden, byte[] json) throws IOException {
        try (InputStream file = StatusJsonTest.class.getResourceAsStream(golden)) {
            assertThat(JSON.readTree(json).toPrettyString())
                    .isEqualTo(JSON.readTree(file).toPrettyString());
        }
    }

    @Test
    void showsEverythingAsThePageReadsIt() throws Exception {
        fill();

        isLike("status.json", status.status());
    }

    @Test
    void showsABridgeThatHasJustBegun() throws Exception {
        isLike("status-empty.json", status.status());
    }

    @Test
    void allTimesHaveMilliseconds() {
        fill();
        String json = new String(status.status(), StandardCharsets.UTF_8);

        assertThat(TIME.matcher(json).results().map(found -> found.group()))
                .hasSizeGreaterThan(6)
                .allMatch(time -> time.matches("\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\""));
        assertThat(PageJson.iso(Instant.EPOCH)).isEqualTo("1970-01-01T00:00:00.000Z");
        assertThat(PageJson.iso(Instant.parse("2026-11-29T06:31:23.999999999Z")))
                .isEqualTo("2026-11-29T06:31:23.999Z");
    }

    @Test
    void theHealthIsTheSameUntilSomethingChanges() throws Exception {
        fill();
        byte[] before = status.health();
        assertThat(status.health()).isEqualTo(before);

        bridge.board.refused();

        assertThat(status.health()).isNotEqualTo(before);
        assertThat(JSON.readTree(before).fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("counts", "hour", "findings", "history");
    }

    /** A Raspberry Pi starts in the past, and its clock leaps once the network is there. */
    @Test
    void timesFollowALeapOfTheWallClock() throws Exception {
        fill();
        Instant before = Instant.parse(since(JSON.readTree(status.status())));
        bridge.leap = Duration.ofDays(400);

        assertThat(Instant.parse(since(JSON.readTree(status.status())))).isEqualTo(before.plus(bridge.leap));
    }

    private static String since(JsonNode status) {
        return status.get("parts").get(1).get("since").asText();
    }

    @Test
    void anEventAPartALineAndAHelloStandAlone() throws Exception {
        fill();
        JsonNode all = JSON.readTree(status.status());

        assertThat(JSON.readTree(status.event(bridge.watched(history), FakeBridge.event(DOOR))))
                .isEqualTo(all.get("streams").get(0).get("last"));
        assertThat(JSON.readTree(
                        status.part(bridge.watched(history), bridge.live.parts().get(1))))
                .isEqualTo(all.get("parts").get(1));
        assertThat(JSON.readTree(StatusJson.line(bridge.log.last().get(0))))
                .isEqualTo(all.get("log").get(0));
        assertThat(JSON.readTree(status.streams())).isEqualTo(all.get("streams"));
        assertThat(new String(StatusJson.hello(NOW), StandardCharsets.UTF_8))
                .isEqualTo("{\"started\":\"2026-11-29T06:31:23.123Z\"}");
    }

    @Test
    void bearsHostileText() throws Exception {
        String hostile = "</script>\"\\\n\r\t\u0000\u2028\uFEFF\uD800";
        StreamName stream = new StreamName(hostile);
        bridge.hasStreams(new StreamStatus.Camera(stream, true, false, List.of(FakeBridge.zone(hostile))));
        bridge.live.part(Part.BROKER, PartStatus.Condition.OFFLINE, hostile);
        bridge.board.error(hostile);
        bridge.board.replaceFindings(hostile, List.of(Finding.warning(hostile, hostile, hostile)));
        bridge.configuration.put(hostile, hostile);
        bridge.log.add(new LogLines.Line(hostile, hostile, hostile));

        JsonNode json = JSON.readTree(status.status());

        assertThat(json.get("streams").get(0).get("name").asText()).isEqualTo(stream.raw());
        assertThat(json.get("log").get(0).get("text").asText()).isEqualTo(hostile.replace('\uD800', '?'));
        assertThat(new String(status.status(), StandardCharsets.UTF_8)).doesNotContain("\n");
    }

    @Test
    void aVisitIsAsThePageReadsIt() throws Exception {
        VisitStatus visit = new VisitStatus(
                VisitOf.id(7),
                DOOR,
                Phase.END,
                NOW,
                Optional.of(NOW.plusSeconds(12)),
                12,
                "person",
                List.of("person", "animal"),
                Map.of("person", 2),
                List.of("Porch"),
                14,
                VisitOf.BEST,
                Optional.of("http://recorder/page"),
                Optional.of("http://recorder/clip"));

        KeptVisit pictured = KeptVisit.of(visit).pictured(3, Optional.of(VisitOf.BEST));

        isLike("visit.json", PageJson.bytes(json -> VisitJson.write(json, pictured)));
        isLike(
                "visit-begun.json",
                PageJson.bytes(
                        json -> VisitJson.write(json, KeptVisit.of(VisitOf.visit(7, FakeBridge.YARD, Phase.START)))));
        assertThat(VisitJson.read(JSON.readTree(PageJson.bytes(json -> VisitJson.write(json, pictured)))))
                .hasValue(pictured);
    }
}
