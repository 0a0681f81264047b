package io.lightnvr.mqtt.it.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lightnvr.mqtt.documents.Example;
import io.lightnvr.mqtt.documents.RecipeFile;
import io.lightnvr.mqtt.it.Arrivals;
import io.lightnvr.mqtt.it.BridgeOptions;
import io.lightnvr.mqtt.it.BridgeProcess;
import io.lightnvr.mqtt.it.Eventually;
import io.lightnvr.mqtt.it.Mosquitto;
import io.lightnvr.mqtt.it.Program;
import io.lightnvr.mqtt.it.RecorderProgram;
import io.lightnvr.mqtt.it.TestBed;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The flows in a real Node-RED, as they are in the files. They name localhost:1883, so each test runs in a network of
 * its own.
 */
@Execution(ExecutionMode.CONCURRENT)
class NodeRedIT {

    private static final ZoneId TIME_ZONE = ZoneId.of("America/New_York");
    private static final Instant NOON = at("12:00:00");
    private static final String NOTIFY = "Notify (put your own node here)";
    private static final String PAUSE = "Pause of each camera";
    private static final String COUNTS = "Counts per label";
    private static final String COMPARE = "Compare with what came before";

    private static final String PYTHON_READS =
            "import csv, json, sys; print(json.dumps(list(csv.reader(open(sys.argv[1], newline='', encoding='utf-8')))))";

    /** A web server that is busy at first, and tells a line of JSON of each request. */
    private static final String WEB_SERVER = """
            import http.server, json
            class Hook(http.server.BaseHTTPRequestHandler):
                answers = [503, 204]
                def do_POST(self):
                    body = self.rfile.read(int(self.headers['Content-Length'])).decode()
                    told = {'path': self.path, 'type': self.headers['Content-Type'], 'body': json.loads(body)}
                    print(json.dumps(told), flush=True)
                    self.send_response(self.answers.pop(0))
                    self.end_headers()
            server = http.server.HTTPServer(('127.0.0.1', 8080), Hook)
            print('up', flush=True)
            server.serve_forever()
            """;

    private static final String VISIT = "5f0c2a7e9b1d4c63a8e2f7d01b94c6aa";

    private static final List<String> HEADINGS =
            List.of("time,stream,label,confidence,x,y,width,height,track,zone,event_id,sequence".split(","));
    private static final int STREAM = HEADINGS.indexOf("stream");
    private static final int LABEL = HEADINGS.indexOf("label");
    private static final int ZONE = HEADINGS.indexOf("zone");

    @RegisterExtension
    final TestBed bed = new TestBed();

    private Mosquitto broker;

    @BeforeEach
    void startABrokerWhereTheFlowsLookForIt() {
        bed.enterNetwork();
        broker = new Mosquitto(bed, 1883, List.of("allow_anonymous true"));
        broker.start();
        BridgeProcess.linkJar(bed);
    }

    @Test
    void tellsOfAPersonInTheZoneAtNightOnceInThePauseOfEachCamera() {
        NodeRed nodeRed = start(RecipeFile.PERSON_AT_NIGHT);

        personAt("just before", "21:59:59", "entrance").publish(bed);
        personAt("begins", "22:00:00", "entrance").publish(bed);
        personAt("ends", "05:59:59", "entrance").publish(bed);
        personAt("just after", "06:00:00", "entrance").publish(bed);
        personAt("elsewhere", "23:00:00", "path").publish(bed);
        personAt("nowhere", "23:00:00", "").publish(bed);
        personAt("car there", "23:00:00", "path").with("car", "entrance").publish(bed);
        personAt("held back", "23:00:00", "entrance").delayed(30_001).publish(bed);
        personAt("delayed", "23:00:00", "entrance").delayed(30_000).publish(bed);
        personAt("begins", "22:00:30", "entrance").publish(bed);
        personAt("last", "23:00:00", "entrance").publish(bed);

        nodeRed.awaitReceived(NOTIFY, 4);
        assertThat(nodeRed.received(NOTIFY))
                .extracting(NodeRed.Received::topic)
                .containsExactly("Person at begins", "Person at ends", "Person at delayed", "Person at last");
        assertThat(nodeRed.texts(NOTIFY)).startsWith("A person was seen by begins in entrance at 22:00:00");
        assertThat(nodeRed.received(PAUSE)).hasSize(5);
    }

    @Test
    void tellsOfAPersonAsItIsSet() {
        NodeRed nodeRed = start(FlowFile.of(RecipeFile.PERSON_AT_NIGHT)
                .with("ZONE", "")
                .with("NIGHT_FROM", "0:00")
                .with("NIGHT_TO", "24:00")
                .with("PAUSE_SECONDS", "5"));
        RecorderProgram recorder = watchedRecorder();
        recorder.sees("person:0.9", "car:0.8");
        nodeRed.awaitReceived(NOTIFY, 1);

        Eventually.isSo("the end of the pause", () -> {
            personAt("front_door", "12:00:00", "").publish(bed);
            return nodeRed.received(NOTIFY).size() > 1;
        });

        assertThat(nodeRed.received(PAUSE).size())
                .as("more than the two that passed")
                .isGreaterThan(2);
        assertThat(nodeRed.texts(NOTIFY).get(1)).isEqualTo("A person was seen by front_door at 12:00:00");
    }

    @Test
    void tellsOfEachPersonWhereThereIsNoPause() {
        NodeRed nodeRed = start(FlowFile.of(RecipeFile.PERSON_AT_NIGHT).with("PAUSE_SECONDS", "0"));

        personAt("front_door", "23:00:00", "entrance").publish(bed);
        nodeRed.awaitReceived(NOTIFY, 1);
        personAt("front_door", "23:00:01", "entrance").publish(bed);

        nodeRed.awaitReceived(NOTIFY, 2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            PERSON_AT_NIGHT; Not held back?; lightnvr/detections/front_door
            COUNT_PER_LABEL; Count each event once; lightnvr/events/front_door
            GAP_AND_REPEAT; Compare with what came before; lightnvr/detections/front_door
            GAP_AND_REPEAT; Compare with what came before; lightnvr/bridge/state
            EVENTS_TO_CSV; One row per detection; lightnvr/detections/front_door
            VISIT_TO_WEBHOOK; Wanted report?; lightnvr/visits/front_door
            """)
    void leavesAloneWhatIsNotFromTheBridge(RecipeFile flow, String node, String topic) {
        NodeRed nodeRed = start(flow);

        List<String> foreign = List.of("", "null", "[]", "no JSON", "{\"stream\":\"front_door\"}");
        foreign.forEach(payload -> TestEvent.publishPlain(bed, topic, payload));

        nodeRed.awaitTexts(node, foreign.size());
        assertThat(nodeRed.errors()).isEmpty();
        for (String end : List.of(NOTIFY, COUNTS, "Gap", "Repeat", "Begins anew", "Not written", "Webhook")) {
            assertThat(nodeRed.texts(end)).isEmpty();
        }
    }

    @Test
    void knowsANightThatDoesNotPassMidnight() {
        NodeRed nodeRed = start(FlowFile.of(RecipeFile.PERSON_AT_NIGHT)
                .with("NIGHT_FROM", "01:30")
                .with("NIGHT_TO", "05:00"));

        personAt("before", "01:29:59", "entrance").publish(bed);
        personAt("after", "05:00:00", "entrance").publish(bed);
        personAt("in it", "01:30:00", "entrance").publish(bed);

        nodeRed.awaitReceived(NOTIFY, 1);
        assertThat(nodeRed.received(NOTIFY)).extracting(NodeRed.Received::topic).containsExactly("Person at in it");
    }

    @Test
    void countsEachEventOncePerLabel() throws IOException {
        NodeRed nodeRed = start(RecipeFile.COUNT_PER_LABEL);
        RecorderProgram recorder = watchedRecorder();

        recorder.sees("person:0.9", "car:0.8", "person:0.7");
        nodeRed.awaitTexts(COUNTS, 1);
        tryIt();

        assertThat(nodeRed.awaitTexts(COUNTS, 2))
                .containsExactly("{\"person\":2,\"car\":1}", "{\"person\":3,\"car\":1}");
        String again = nodeRed.texts("Count each event once").get(0);
        TestEvent.publish(bed, "lightnvr/events/front_door", again, Map.of());
        nodeRed.awaitTexts("Count each event once", 3);
        nodeRed.click("Start anew");
        recorder.sees("cat:0.5");
        assertThat(nodeRed.awaitTexts(COUNTS, 4)).endsWith("{}", "{\"cat\":1}");
    }

    @Test
    void countsLabelsThatMeanSomethingToJavaScriptOrToAPage() {
        NodeRed nodeRed = start(RecipeFile.COUNT_PER_LABEL);
        String labels = "{\"__proto__\":2,\"constructor\":1,\"toString\":1,\"<b>{{ 1 }}</b>\":1}";

        for (int event = 1; event <= 2; event++) {
            String payload = "{\"event_id\":\"%d\",\"labels\":%s}".formatted(event, labels);
            TestEvent.publish(bed, "lightnvr/events/front_door", payload, Map.of());
        }

        assertThat(nodeRed.awaitTexts(COUNTS, 2))
                .containsExactly(labels, "{\"__proto__\":4,\"constructor\":2,\"toString\":2,\"<b>{{ 1 }}</b>\":2}");
        assertThat(nodeRed.errors()).isEmpty();
    }

    @Test
    void seesGapsOfStreamsWhoseNamesMeanSomethingToJavaScript() {
        NodeRed nodeRed = start(RecipeFile.GAP_AND_REPEAT);
        List<String> streams = List.of("__proto__", "constructor", "toString");

        for (String stream : streams) {
            TestEvent.of(stream, NOON).numbered(1, stream + " 1").publish(bed);
            TestEvent.of(stream, NOON).numbered(3, stream + " 3").publish(bed);
        }

        assertThat(nodeRed.awaitTexts("Gap", streams.size()))
                .containsExactlyElementsOf(streams.stream()
                        .map(stream -> stream + ": 1 missing between 1 and 3")
                        .toList());
        assertThat(nodeRed.errors()).isEmpty();
    }

    @Test
    void seesGapsAndRepeatsAndNothingWhereThereIsNone() throws IOException {
        NodeRed nodeRed = start(RecipeFile.GAP_AND_REPEAT);
        RecorderProgram recorder = RecorderProgram.start(bed, "front_door");
        BridgeProcess bridge = bridge(recorder);
        recorder.awaitWatched().sees("person:0.9");
        awaitEvent(nodeRed, "person");

        tryIt();
        bridge.terminate();
        bridge(recorder);
        recorder.sees("cat:0.5");
        awaitEvent(nodeRed, "cat");
        TestEvent.of("front_door", NOON).with("dog", "").numbered(5, "five").publish(bed);
        TestEvent.of("front_door", NOON).with("dog", "").numbered(5, "five").publish(bed);
        TestEvent.of("back_yard", NOON).with("dog", "").numbered(70, "seventy").publish(bed);
        TestEvent.of("back_yard", NOON).with("dog", "").numbered(71, "more").publish(bed);
        TestEvent.of("back_yard", NOON).with("dog", "").numbered(74, "most").publish(bed);

        assertThat(nodeRed.awaitTexts("Gap", 2))
                .containsExactly("front_door: 2 missing between 2 and 5", "back_yard: 2 missing between 71 and 74");
        assertThat(nodeRed.texts("Repeat")).containsExactly("front_door: 5 (five) came again");
        assertThat(nodeRed.texts("Begins anew")).isEmpty();
    }

    @Test
    void takesANewStoreOfTheBridgeForABeginning() throws IOException {
        NodeRed nodeRed = start(RecipeFile.GAP_AND_REPEAT);
        RecorderProgram recorder = RecorderProgram.start(bed, "front_door");
        BridgeProcess bridge = bridge(recorder);
        recorder.awaitWatched().sees("person:0.9");
        awaitEvent(nodeRed, "person");
        bridge.terminate();
        Files.delete(bed.folder().resolve("lightnvr-mqtt.db"));

        RecorderProgram another = watchedRecorder();
        nodeRed.awaitTexts("Begins anew", 1);
        another.sees("cat:0.5");
        awaitEvent(nodeRed, "cat");
        another.sees("dog:0.5");
        awaitEvent(nodeRed, "dog");
        TestEvent.of("front_door", NOON).with("cow", "").numbered(9, "nine").publish(bed);

        assertThat(nodeRed.awaitTexts("Gap", 1)).containsExactly("front_door: 6 missing between 2 and 9");
        assertThat(nodeRed.texts("Begins anew"))
                .singleElement()
                .asString()
                .matches("The bridge has a new store, \\S+: sequence begins anew");
        assertThat(nodeRed.texts("Repeat")).isEmpty();
    }

    @Test
    void takesANumberThatWasGivenBeforeForABeginning() {
        NodeRed nodeRed = start(RecipeFile.GAP_AND_REPEAT);

        TestEvent.of("front_door", NOON).with("dog", "").numbered(7, "seven").publish(bed);
        TestEvent.of("front_door", NOON).with("dog", "").numbered(1, "one").publish(bed);
        TestEvent.of("front_door", NOON).with("dog", "").numbered(2, "two").publish(bed);
        TestEvent.of("front_door", NOON).with("dog", "").numbered(4, "four").publish(bed);

        assertThat(nodeRed.awaitTexts("Gap", 1)).containsExactly("front_door: 1 missing between 2 and 4");
        assertThat(nodeRed.texts("Begins anew")).containsExactly("front_door: 1 after 7: sequence begins anew");
        assertThat(nodeRed.texts("Repeat")).isEmpty();
    }

    @Test
    void writesEachDetectionAsARowThatEveryReaderUnderstands() throws IOException {
        NodeRed nodeRed = start(RecipeFile.EVENTS_TO_CSV);
        RecorderProgram recorder = watchedRecorder();
        recorder.sees("dog,\"big\":0.92", "=1+1:0.5");
        List<List<String>> rows = awaitRows(3);
        assertThat(rows.get(0)).isEqualTo(HEADINGS);
        assertThat(rows.get(1).get(0)).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(rows.get(1).subList(STREAM, ZONE + 1))
                .containsExactly("front_door", "dog,\"big\"", "0.92", "0", "0", "1", "1", "", "");
        assertThat(rows.get(1).get(HEADINGS.indexOf("event_id"))).isNotEmpty();
        assertThat(rows.get(1).get(HEADINGS.indexOf("sequence"))).isEqualTo("1");
        assertThat(rows.get(2).get(LABEL)).isEqualTo("'=1+1");
        assertThat(rows.get(2).subList(ZONE + 1, HEADINGS.size()))
                .isEqualTo(rows.get(1).subList(ZONE + 1, HEADINGS.size()));

        nodeRed.stop();
        start(RecipeFile.EVENTS_TO_CSV);
        TestEvent.of("@home", NOON)
                .with("line\nbreak", "-path")
                .with("\ttab", "+1")
                .with("\r", "a \"b\", c\r\nd")
                .with(" =1", "＝1")
                .publish(bed);

        List<List<String>> more = awaitRows(7);
        assertThat(more.subList(0, 3)).isEqualTo(rows);
        assertThat(more.subList(3, 7))
                .extracting(row -> List.of(row.get(STREAM), row.get(LABEL), row.get(ZONE)))
                .containsExactly(
                        List.of("'@home", "line\nbreak", "'-path"),
                        List.of("'@home", "'\ttab", "'+1"),
                        List.of("'@home", "'\r", "a \"b\", c\r\nd"),
                        List.of("'@home", "' =1", "'＝1"));
    }

    @Test
    void writesWhatWasPublishedBeforeNodeRedHadTheBrokerBack() throws IOException {
        start(RecipeFile.EVENTS_TO_CSV);
        RecorderProgram recorder = watchedRecorder();
        recorder.sees("dog:0.9");
        awaitRows(2);

        broker.stop();
        recorder.sees("cat:0.8");
        recorder.sees("cow:0.7");
        broker.start();

        assertThat(awaitRows(4)).extracting(row -> row.get(LABEL)).containsExactly("label", "dog", "cat", "cow");
    }

    @Test
    void beginsAFileThatWasMovedAwayWithTheHeadings() throws IOException {
        Path file = bed.folder().resolve("lightnvr events.csv");
        start(FlowFile.of(RecipeFile.EVENTS_TO_CSV).with("FILE", file.toString()));
        TestEvent.of("front_door", NOON).with("dog", "").publish(bed);
        TestEvent.of("front_door", NOON).with("cat", "").publish(bed);
        assertThat(awaitRows(file, 3)).extracting(row -> row.get(LABEL)).containsExactly("label", "dog", "cat");

        Files.move(file, bed.folder().resolve("old.csv"));
        TestEvent.of("front_door", NOON).with("cow", "").publish(bed);

        assertThat(awaitRows(file, 2)).extracting(row -> row.get(LABEL)).containsExactly("label", "cow");
    }

    @Test
    void saysWhenTheFileCannotBeWritten() {
        NodeRed nodeRed = start(
                FlowFile.of(RecipeFile.EVENTS_TO_CSV).with("FILE", bed.folder().toString()));

        TestEvent.of("front_door", NOON).with("dog", "").publish(bed);

        nodeRed.awaitReceived("Not written", 1);
    }

    @Test
    void sendsEachVisitAtItsEndAndAgainUntilItIsTaken() throws IOException {
        Program server = bed.program("web server", Map.of(), List.of("python3", "-c", WEB_SERVER));
        server.output().await("its start", "up"::equals);
        NodeRed nodeRed = start(FlowFile.of(RecipeFile.VISIT_TO_WEBHOOK).with("WAIT_SECONDS", "0.1"));

        for (String type : List.of("start", "update", "end", "clip")) {
            report(type);
        }

        nodeRed.awaitReceived("Delivered", 1);
        List<String> requests = server.output().await("requests", 2, line -> line.startsWith("{"));
        assertThat(requests).hasSize(2);
        assertThat(requests.get(1)).isEqualTo(requests.get(0));
        JsonNode request = new ObjectMapper().readTree(requests.get(0));
        assertThat(request.path("path").asText()).isEqualTo("/visit");
        assertThat(request.path("type").asText()).isEqualTo("application/json");
        assertThat(request.path("body")).isEqualTo(new ObjectMapper().readTree(visit("end")));
        assertThat(nodeRed.texts("Not delivered")).isEmpty();
        assertThat(nodeRed.errors()).isEmpty();
    }

    @Test
    void saysWhichVisitNobodyHasTaken() {
        NodeRed nodeRed = start(FlowFile.of(RecipeFile.VISIT_TO_WEBHOOK)
                .with("REPORT", "start")
                .with("TRIES", "3")
                .with("WAIT_SECONDS", "0.1"));

        report("start");
        report("end");

        assertThat(nodeRed.awaitTexts("Not delivered", 1))
                .containsExactly("front_door: visit " + VISIT + " was not taken: ECONNREFUSED");
        assertThat(nodeRed.received("Webhook")).hasSize(3);
        assertThat(nodeRed.received("Delivered")).isEmpty();
    }

    private void report(String type) {
        TestEvent.publish(bed, "lightnvr/visits/front_door", visit(type), Map.of());
    }

    /** The report that the project's documentation shows, as one of another type. */
    private static String visit(String type) {
        return Example.VISIT.text().strip().replace("\"update\"", "\"" + type + "\"");
    }

    private NodeRed start(RecipeFile flow) {
        return start(FlowFile.of(flow));
    }

    private NodeRed start(FlowFile flow) {
        return NodeRed.start(bed, broker, flow, TIME_ZONE.getId());
    }

    /** A bridge with its configuration in the test's folder, where all that people type finds it. */
    private BridgeProcess bridge(RecorderProgram recorder) {
        BridgeOptions.of(URI.create(recorder.url()), broker.port()).write(bed, "lightnvr-mqtt.yaml");
        return BridgeProcess.start(bed, "run");
    }

    /** A new recorder, watched by a new bridge. */
    private RecorderProgram watchedRecorder() {
        RecorderProgram recorder = RecorderProgram.start(bed, "front_door");
        bridge(recorder);
        return recorder.awaitWatched();
    }

    /** Does what the page says to try it. */
    private void tryIt() {
        String command = Example.TRY_A_FLOW.text();
        Program program = bed.program("the page's command", Map.of(), List.of("sh", "-e", "-c", command));
        assertThat(program.exitStatus(Arrivals.PATIENCE))
                .as(() -> program.errors().all().toString())
                .isZero();
    }

    private static void awaitEvent(NodeRed nodeRed, String label) {
        Eventually.isSo(
                "an event with " + label,
                () -> nodeRed.texts(COMPARE).stream().anyMatch(text -> text.contains("\"label\":\"" + label + "\"")));
    }

    private List<List<String>> awaitRows(int count) throws IOException {
        return awaitRows(bed.folder().resolve("lightnvr-events.csv"), count);
    }

    private List<List<String>> awaitRows(Path file, int count) throws IOException {
        Eventually.isSo(
                count + " rows in " + file,
                () -> Files.exists(file) && rows(file).size() >= count);
        assertThat(rows(file)).hasSize(count);
        return rows(file);
    }

    /** What Python's own reader of CSV finds. */
    private List<List<String>> rows(Path file) {
        Program python = bed.program("reader", Map.of(), List.of("python3", "-c", PYTHON_READS, file.toString()));
        assertThat(python.exitStatus(Arrivals.PATIENCE)).isZero();
        try {
            return new ObjectMapper().readValue(python.output().all().get(0), new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new AssertionError("The reader prints no JSON", e);
        }
    }

    private static TestEvent personAt(String stream, String time, String zone) {
        return TestEvent.of(stream, at(time)).with("person", zone);
    }

    /** A time of day where Node-RED believes to be. */
    private static Instant at(String time) {
        return LocalDate.of(2026, 11, 20)
                .atTime(LocalTime.parse(time))
                .atZone(TIME_ZONE)
                .toInstant();
    }
}
