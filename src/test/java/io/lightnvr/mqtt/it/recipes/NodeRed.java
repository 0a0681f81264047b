package io.lightnvr.mqtt.it.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lightnvr.mqtt.it.Arrivals;
import io.lightnvr.mqtt.it.Eventually;
import io.lightnvr.mqtt.it.Mosquitto;
import io.lightnvr.mqtt.it.Program;
import io.lightnvr.mqtt.it.TestBed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A real Node-RED with one flow and a user folder of its own, and what its nodes receive. */
final class NodeRed {

    /** Where its editor is, and what else is asked by HTTP. */
    static final String URL = "http://127.0.0.1:1880";

    private static final String VARIABLE = "LIGHTNVR_TEST_NODE_RED";
    private static final String SETTINGS = "node-red-settings.js";
    private static final String STYLE = "node-red-picture.css";
    private static final String CLICK =
            "fetch('%s/inject/%s', { method: 'POST' }).then(a => process.exit(a.ok ? 0 : 1))";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SHOWN_LINES = 100;

    /** A start takes some seconds, and several of them at once on a busy machine a multiple of it. */
    private static final Duration START = Duration.ofMinutes(5);

    private final TestBed bed;
    private final FlowFile flow;
    private final Program program;

    private NodeRed(TestBed bed, FlowFile flow, Program program) {
        this.bed = bed;
        this.flow = flow;
        this.program = program;
    }

    /**
     * Starts it with a flow, to the letter, and waits until the broker has taken all subscriptions of that.
     *
     * @param timeZone where it believes to be
     */
    static NodeRed start(TestBed bed, Mosquitto broker, FlowFile flow, String timeZone) {
        int before = subscriptions(broker).size();
        NodeRed nodeRed = new NodeRed(bed, flow, program(bed, flow, timeZone));
        int wanted = before + flow.parts("mqtt in").size();
        if (!Eventually.within(START, () -> subscriptions(broker).size() >= wanted)) {
            throw new AssertionError(
                    "Node-RED does not subscribe: " + nodeRed.program.output().all());
        }
        return nodeRed;
    }

    /** Ends it in order. */
    void stop() {
        program.terminate();
        program.exitStatus(Arrivals.PATIENCE);
    }

    /** What a node has received so far. */
    List<Received> received(String node) {
        return program.output().all(line -> isAt(node, line)).stream()
                .map(Received::of)
                .toList();
    }

    /** What a node has received, when it is enough. */
    List<Received> awaitReceived(String node, int count) {
        return program.output().await("what comes to " + node, count, line -> isAt(node, line)).stream()
                .map(Received::of)
                .toList();
    }

    /** The texts of what a node has received so far. */
    List<String> texts(String node) {
        return received(node).stream().map(Received::text).toList();
    }

    /** The texts of what a node has received, when it is enough. */
    List<String> awaitTexts(String node, int count) {
        return awaitReceived(node, count).stream().map(Received::text).toList();
    }

    /** What it has logged as an error. */
    List<String> errors() {
        return program.output().all(line -> line.matches(".* - \\[error] .*"));
    }

    /** Clicks the button of an inject node. */
    void click(String node) {
        String script = CLICK.formatted(URL, flow.id(node));
        Program click = bed.program("click on " + node, Map.of(), List.of("node", "-e", script));
        assertThat(click.exitStatus(Arrivals.PATIENCE))
                .as(() -> click.errors().all().toString())
                .isZero();
    }

    private static Program program(TestBed bed, FlowFile flow, String timeZone) {
        Path modules = modules();
        Path folder = bed.folder().resolve("node-red");
        try {
            Files.createDirectories(folder);
            copy(SETTINGS, folder);
            copy(STYLE, folder);
            Files.writeString(folder.resolve("flows.json"), flow.text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> environment = Map.of("NODE_RED_MODULES", modules.toString(), "TZ", timeZone);
        List<String> command = List.of(
                modules.resolve(".bin/node-red").toString(),
                "--userDir",
                folder.toString(),
                "--settings",
                folder.resolve(SETTINGS).toString());
        return bed.program("Node-RED", environment, command, SHOWN_LINES);
    }

    private static void copy(String resource, Path folder) throws IOException {
        try (InputStream in = NodeRed.class.getResourceAsStream(resource)) {
            Files.write(folder.resolve(resource), in.readAllBytes());
        }
    }

    /** Where Node-RED 4 is: what the environment names, else where {@code .ci/test} puts it. */
    private static Path modules() {
        String named = System.getenv(VARIABLE);
        Path modules = (named == null ? usual() : Path.of(named)).resolve("node_modules");
        if (!Files.isExecutable(modules.resolve(".bin/node-red"))) {
            throw new AssertionError("There is no Node-RED in " + modules + ": " + VARIABLE
                    + " must name the folder where npm has installed one; run .ci/test, which does so");
        }
        return modules;
    }

    private static Path usual() {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path folder =
                cache == null || cache.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        return folder.resolve("lightnvr-mqtt/node-red");
    }

    private static List<String> subscriptions(Mosquitto broker) {
        return broker.log().all(NodeRed::isSubscription);
    }

    private static boolean isSubscription(String line) {
        return line.contains("Sending SUBACK to node-red-lightnvr");
    }

    private static boolean isAt(String node, String line) {
        return line.startsWith("{") && Received.of(line).node().equals(node);
    }

    /**
     * A message that came to a node.
     *
     * @param text its payload, as JSON where it is none
     */
    record Received(String node, String topic, String text) {

        static Received of(String line) {
            try {
                JsonNode told = JSON.readTree(line);
                return new Received(
                        told.path("node").asText(),
                        told.path("topic").asText(),
                        told.path("text").asText());
            } catch (JsonProcessingException e) {
                throw new AssertionError("Node-RED tells no JSON: " + line, e);
            }
        }
    }
}
