package io.lightnvr.mqtt.it.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.lightnvr.mqtt.documents.Document;
import io.lightnvr.mqtt.documents.Example;
import io.lightnvr.mqtt.documents.RecipeFile;
import io.lightnvr.mqtt.it.Arrivals;
import io.lightnvr.mqtt.it.BridgeOptions;
import io.lightnvr.mqtt.it.BridgeProcess;
import io.lightnvr.mqtt.it.Eventually;
import io.lightnvr.mqtt.it.Mosquitto;
import io.lightnvr.mqtt.it.Program;
import io.lightnvr.mqtt.it.Python;
import io.lightnvr.mqtt.it.RecorderProgram;
import io.lightnvr.mqtt.it.TestBed;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What {@code docs/recipes/scripts.md} shows, unchanged, in a network where localhost:1883 is ours. */
@Execution(ExecutionMode.CONCURRENT)
class ScriptRecipesIT {

    private static final Document PAGE = Document.of("docs/recipes/scripts.md");
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";
    private static final String ID = "[0-9a-f]{32}";

    /** As Prometheus itself reads it; fails where a line is wrong. */
    private static final String SCRAPE = """
            import sys, urllib.request
            from prometheus_client.parser import text_string_to_metric_families as families
            for family in families(urllib.request.urlopen(sys.argv[1]).read().decode()):
                for sample in family.samples:
                    labels = ",".join(f'{name}="{value}"' for name, value in sorted(sample.labels.items()))
                    print(f"{sample.name}{{{labels}}} {float(sample.value)}")
            """;

    private static final Pattern METRIC = Pattern.compile("\\b(lightnvr|jvm|process)_[a-z_]+\\b");

    /** Its texts would clear a terminal, turn the line around and begin another one. */
    private static final String COMMANDING = "{\"stream\":\"front\\u001b[2J\\u202e_door\",\"timestamp_iso\":\"now\","
            + "\"detections\":[{\"label\":\"a\\r\\nb\",\"confidence\":0.9}]}";

    private static final String CONNECTED = "Connected to localhost:1883 (Success)";

    @RegisterExtension
    final TestBed bed = new TestBed();

    private Mosquitto broker;

    @BeforeEach
    void startABrokerWhereTheScriptsLookForIt() {
        bed.enterNetwork();
        broker = new Mosquitto(bed, 1883, List.of("allow_anonymous true"));
        broker.start();
    }

    @Test
    void theOneLinersShowEvents() {
        Program all = shell("all", Example.EVENTS_IN_A_SHELL.text());
        Program persons = shell("persons", Example.PERSONS_IN_A_SHELL.text());
        Program numbered = shell("numbered", Example.NUMBERED_IN_A_SHELL.text());
        RecorderProgram recorder = watchedByABridge();

        recorder.sees("car:0.87");
        all.output().await("the car", line -> true);
        recorder.sees("person:0.92", "car:0.8");

        List<String> events = all.output().await("events", 2, line -> true);
        assertThat(events)
                .allMatch(line -> line.startsWith("lightnvr/detections/front_door {\"stream\":\"front_door\""));
        assertThat(persons.output().await("a person", line -> true)).matches(TIME + " front_door 0\\.92");
        List<String> lines = numbered.output().await("events", 2, line -> true);
        assertThat(lines.get(0))
                .matches("lightnvr/detections/front_door event_id:" + ID
                        + " sequence:1 (delayed_ms:\\d+ )?\\{\"stream\":.*\"car\".*}");
        assertThat(lines.get(1)).contains(" sequence:2 ").contains("\"person\"");
        assertThat(persons.output().all()).hasSize(1);
    }

    @Test
    void theOneLinersShowWhatIs() {
        watchedByABridge();

        Eventually.isSo("the bridge's state", () -> {
            Program bridge = shell("bridge", Example.BRIDGE_IN_A_SHELL.text());
            assertThat(bridge.exitStatus(Arrivals.PATIENCE)).isZero();
            JsonNode state = json(String.join("\n", bridge.output().all()));
            return state.path("recorder").asText().equals("online")
                    && state.path("waiting").isInt()
                    && state.path("published").isInt()
                    && state.has("last_error");
        });
        Eventually.isSo("all that is kept", () -> {
            Program kept = shell("kept", Example.KEPT_IN_A_SHELL.text());
            kept.exitStatus(Arrivals.PATIENCE);
            return kept.output().all().stream()
                    .map(line -> line.replaceFirst(" .*", ""))
                    .toList()
                    .containsAll(List.of(
                            "lightnvr/availability",
                            "lightnvr/availability/front_door",
                            "lightnvr/bridge/state",
                            "lightnvr/state/front_door"));
        });
    }

    @Test
    void thePythonScriptPrintsEachDetectionOnceAlsoAfterOutages() {
        Program first = python(RecipeFile.LISTEN);
        RecorderProgram recorder = watchedByABridge();
        recorder.sees("person:0.92", "car:0.87");

        List<String> lines = first.output().await("detections", 3, line -> true);
        assertThat(lines.get(0)).isEqualTo(CONNECTED);
        assertThat(lines.get(1)).matches("\\[" + TIME + "] front_door: person \\(92%\\) event " + ID);
        assertThat(lines.get(2)).matches("\\[" + TIME + "] front_door: car \\(87%\\) event " + ID);
        sayTwice("bird");
        TestEvent.publishPlain(bed, "lightnvr/detections/front_door", COMMANDING);
        first.output().await("a detection that commands nothing", line -> line.contains("front?[2J?_door: a??b (90%)"));
        TestEvent.publishPlain(bed, "lightnvr/detections/front_door", "{\"stream\":1}");
        TestEvent.publishPlain(bed, "lightnvr/detections/front_door", "no JSON");
        first.errors()
                .await("what is no event", 2, line -> line.startsWith("No event: lightnvr/detections/front_door b'"));

        broker.stop();
        first.output().await("the outage", line -> line.startsWith("Disconnected"));
        broker.start();
        first.output().await("the broker again", 2, CONNECTED::equals);
        recorder.sees("dog:0.5");
        first.output().await("the dog", line -> line.contains(" dog (50%) "));
        assertThat(first.output().all(line -> line.contains("bird"))).hasSize(1);

        first.interrupt();
        assertThat(first.exitStatus(Arrivals.PATIENCE)).isZero();
        int before = broker.log().all(ScriptRecipesIT::isEvent).size();
        recorder.sees("cat:0.75");
        broker.log().await("the event", before + 1, ScriptRecipesIT::isEvent);
        Program second = python(RecipeFile.LISTEN);
        second.output().await("what came meanwhile", line -> line.contains(" cat (75%) "));
        assertThat(second.output().all(line -> line.contains(" front_door: "))).hasSize(1);
    }

    @Test
    void theMetricsAreThoseThatPrometheusAndItsAlertsLookFor() {
        RecorderProgram recorder = watchedByABridgeWithAPage();

        recorder.sees("person:0.92", "person:0.9", "car:0.87");
        awaitMetric("lightnvr_detections_total{label=\"person\",stream=\"front_door\"} 2.0");
        recorder.sees("person:0.8");

        awaitMetric("lightnvr_detections_total{label=\"person\",stream=\"front_door\"} 3.0");
        awaitMetric("lightnvr_detections_total{label=\"car\",stream=\"front_door\"} 1.0");
        awaitMetric("lightnvr_connected{part=\"recorder\"} 1.0");
        awaitMetric("lightnvr_connected{part=\"broker\"} 1.0");
        awaitMetric("lightnvr_stream_online{stream=\"front_door\"} 1.0");
        awaitMetric("lightnvr_events_total{} 2.0");
        awaitMetric("lightnvr_published_total{} 2.0");
        awaitMetric("lightnvr_delivery_seconds_count{} 2.0");
        awaitMetric("lightnvr_waiting{} 0.0");
        assertThat(scrape().stream().map(line -> line.replaceFirst("\\{.*", "")))
                .containsAll(named(PAGE.section("## Prometheus")))
                .containsAll(named(RecipeFile.PROMETHEUS_ALERTS.text()));

        broker.stop();
        awaitMetric("lightnvr_connected{part=\"broker\"} 0.0");
        recorder.sees("car:0.5");
        awaitMetric("lightnvr_waiting{} 1.0");
        awaitMetric("lightnvr_detections_total{label=\"car\",stream=\"front_door\"} 2.0");
        broker.start();
        awaitMetric("lightnvr_published_total{} 3.0");
        awaitMetric("lightnvr_waiting{} 0.0");
    }

    /** The metrics that a text names; {@code lightnvr_delivery_seconds} stands for those of a histogram. */
    private static List<String> named(String text) {
        return METRIC.matcher(text)
                .results()
                .map(name -> name.group().replaceFirst("^(lightnvr_delivery_seconds)$", "$1_bucket"))
                .distinct()
                .toList();
    }

    /** Starts commands of the page. */
    private Program shell(String name, String commands) {
        return subscribing(name, "sh", "-c", commands);
    }

    /** Starts a script of the page's folder as a terminal does, where Ctrl-C is never ignored. */
    private Program python(RecipeFile script) {
        return subscribing(
                script.fileName(),
                "env",
                "--default-signal=INT",
                Python.bin().resolve("python3").toString(),
                script.path().toString());
    }

    private Program subscribing(String name, String... command) {
        int before = broker.log().all(ScriptRecipesIT::isSubscribed).size();
        Program program = bed.program(name, Map.of(), List.of(command));
        broker.log().await("the subscription of " + name, before + 1, ScriptRecipesIT::isSubscribed);
        return program;
    }

    /** Others than the bridge. */
    private static boolean isSubscribed(String line) {
        return line.contains("Sending SUBACK") && !line.endsWith(" lightnvr-mqtt");
    }

    /** On the port that the page names. */
    private RecorderProgram watchedByABridgeWithAPage() {
        RecorderProgram recorder = RecorderProgram.start(bed, "front_door");
        BridgeProcess.run(
                bed, BridgeOptions.of(URI.create(recorder.url()), 1883).with("web", "port", 8099));
        return recorder.awaitWatched();
    }

    private RecorderProgram watchedByABridge() {
        RecorderProgram recorder = RecorderProgram.start(bed, "front_door");
        BridgeProcess.start(bed, "run", "--nvr", recorder.url());
        return recorder.awaitWatched();
    }

    /** An event that comes twice, as one does that was on its way when a connection broke. */
    private void sayTwice(String label) {
        String event = """
                {"stream":"front_door","timestamp_iso":"2026-11-26T00:00:00Z","detections":[{"label":"%s","confidence":1}]}""".formatted(label);
        for (int i = 0; i < 2; i++) {
            TestEvent.publish(bed, "lightnvr/detections/front_door", event, Map.of("event_id", "0a"));
        }
    }

    private static boolean isEvent(String line) {
        return line.contains("Received PUBLISH") && line.contains("'lightnvr/detections/front_door'");
    }

    private void awaitMetric(String line) {
        Eventually.isSo(line, () -> scrape().contains(line));
    }

    /** What Prometheus would read, a line {@code name{label="value"} number} each. */
    private List<String> scrape() {
        String url = "http://"
                + yaml(Example.PROMETHEUS.text())
                        .at("/scrape_configs/0/static_configs/0/targets/0")
                        .asText() + "/metrics";
        Program scrape = bed.program(
                "scrape", Map.of(), List.of(Python.bin().resolve("python3").toString(), "-c", SCRAPE, url));
        assertThat(scrape.exitStatus(Arrivals.PATIENCE))
                .as(() -> scrape.errors().all().toString())
                .isZero();
        return scrape.output().all();
    }

    private static JsonNode yaml(String text) {
        try {
            return new YAMLMapper().readTree(text);
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }
}
