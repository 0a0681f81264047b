package io.lightnvr.mqtt.it.recipes;

import static io.lightnvr.mqtt.it.Measured.report;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.it.Arrivals;
import io.lightnvr.mqtt.it.Mosquitto;
import io.lightnvr.mqtt.it.Program;
import io.lightnvr.mqtt.it.TestBed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Takes the pictures of the flows that {@code docs/recipes/node-red.md} shows, out of Node-RED's editor. Not a part of
 * the tests: {@code .ci/measure NodeRed} runs it, with Debian's {@code chromium}.
 */
class NodeRedMeasure {

    private static final int MARGIN = 20;
    private static final int TABS_HEIGHT = 40;

    /** In the browser's own time, in which it waits for nothing: the editor has loaded, and heard of each status. */
    private static final String LOOKING_MS = "15000";

    @RegisterExtension
    final TestBed bed = new TestBed();

    @ParameterizedTest
    @MethodSource("flows")
    void ofAFlow(FlowFile flow) {
        bed.enterNetwork();
        Mosquitto broker = new Mosquitto(bed, 1883, List.of("allow_anonymous true"));
        broker.start();
        NodeRed.start(bed, broker, flow, "UTC");
        TestEvent.of("front_door", Instant.parse("2026-11-20T12:00:00Z"))
                .with("person", "entrance")
                .numbered(1, "one")
                .publish(bed);

        Program browser = bed.program(
                "chromium",
                Map.of(),
                List.of(
                        "chromium",
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--hide-scrollbars",
                        "--user-data-dir=" + bed.newFolder("chromium"),
                        "--window-size=%d,%d".formatted(right(flow), bottom(flow)),
                        "--virtual-time-budget=" + LOOKING_MS,
                        "--screenshot=" + flow.picture().toAbsolutePath(),
                        NodeRed.URL + "/#flow/" + flow.parts().get(0).path("id").asText()));

        assertThat(browser.exitStatus(Arrivals.PATIENCE))
                .as(() -> browser.errors().all().toString())
                .isZero();
        report("the picture is in %s", flow.picture().getFileName());
    }

    static List<FlowFile> flows() {
        return FlowFile.all();
    }

    private static int right(FlowFile flow) {
        return MARGIN
                + farthest(
                        flow, group -> group.path("x").asInt() + group.path("w").asInt());
    }

    private static int bottom(FlowFile flow) {
        return TABS_HEIGHT
                + MARGIN
                + farthest(
                        flow, group -> group.path("y").asInt() + group.path("h").asInt());
    }

    private static int farthest(FlowFile flow, ToIntFunction<JsonNode> edge) {
        return flow.parts("group").stream().mapToInt(edge).max().orElseThrow();
    }
}
