package io.lightnvr.mqtt.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lightnvr.mqtt.demo.recorder.RecorderSetup;
import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Visits at a real broker. */
class VisitsIT {

    private static final String VISITS = "lightnvr/visits/front_door";
    private static final String IMAGE = "lightnvr/image/front_door";
    private static final SimulatedRow PERSON = SimulatedRow.wholePicture("person", 0.9f);

    @RegisterExtension
    private final TestBed bed = new TestBed();

    private SimulatedRecorder recorder;
    private Camera camera;
    private Mosquitto broker;
    private Subscriber subscriber;
    private BridgeOptions options;

    @BeforeEach
    void start() {
        recorder = bed.recorder(RecorderSetup.open());
        camera = Camera.of(recorder, "front_door");
        broker = bed.broker();
        subscriber = Subscriber.start(bed, broker, "listener", "lightnvr/#");
        options = BridgeOptions.of(recorder, broker.port()).homeAssistant("clear_after", 3);
    }

    @Test
    void aVisitHasAStartAndAnEndWhateverItsLength() {
        BridgeProcess.run(bed, options);
        camera.awaitWatched();

        for (int i = 0; i < 5; i++) {
            camera.sees(PERSON);
        }
        JsonNode end = await("end");

        List<JsonNode> visit = visits();
        assertThat(visit).extracting(report -> report.path("type").asText()).containsExactly("start", "end");
        assertThat(visit).extracting(report -> report.path("revision").asInt()).containsExactly(1, 2);
        assertThat(visit)
                .extracting(report -> report.path("visit_id").asText())
                .containsOnly(end.path("visit_id").asText());
        assertThat(end.path("labels").path("person").path("most").asInt()).isPositive();
        assertThat(end.path("page").asText()).startsWith(recorder.url() + "/timeline.html?stream=front_door&date=");
    }

    @Test
    void aVisitThatWasOpenWhenTheBridgeWasKilledEndsOnce() {
        BridgeProcess bridge = BridgeProcess.run(bed, options);
        camera.awaitWatched();
        camera.sees(PERSON);
        JsonNode start = await("start");
        bridge.program().kill();

        BridgeProcess.run(bed, options);

        assertThat(await("end").path("visit_id")).isEqualTo(start.path("visit_id"));
        // What was on its way when the bridge was killed may come again.
        assertThat(visits())
                .extracting(report -> report.path("type").asText() + report.path("revision"))
                .containsOnly("start1", "end2");
    }

    @Test
    void aVisitNamesAPictureThatIsThere() throws InterruptedException {
        recorder.setPictures(true);
        List<String> topics = new CopyOnWriteArrayList<>();
        LocalSubscriber.listen(bed, broker.port(), List.of(IMAGE, VISITS), topics::add);
        Subscriber visits = Subscriber.start(bed, broker, "visits", VISITS);
        BridgeProcess.run(bed, options.homeAssistant("images", true));
        camera.awaitWatched();
        Eventually.isSo("there is a picture", () -> topics.contains(IMAGE));

        Eventually.isSo("a visit starts right behind its picture", () -> {
            int before = topics.size();
            camera.sees(PERSON);
            visits.await(VISITS, visits.on(VISITS).size() + 2);
            List<String> heard = List.copyOf(topics);
            return heard.subList(before, heard.size()).equals(List.of(IMAGE, VISITS, VISITS));
        });
        assertThat(visits.on(VISITS))
                .extracting(visit -> json(visit).path("picture").asText())
                .containsOnly(IMAGE);
    }

    @Test
    void aVisitNamesItsRecordingAtTheEnd() {
        BridgeProcess.run(bed, options);
        camera.awaitWatched();

        long second = camera.sees(PERSON);
        long id = recorder.finishRecording(camera.stream(), second - 10, second + 1);

        assertThat(await("end").path("clip").asText()).isEqualTo(recorder.url() + "/api/recordings/play/" + id);
    }

    @Test
    void aVisitNamesItsRecordingWhenItIsFinishedAfterARestart() {
        BridgeProcess bridge = BridgeProcess.run(bed, options);
        camera.awaitWatched();
        long second = camera.sees(PERSON);
        JsonNode end = await("end");
        assertThat(end.path("clip").isNull()).isTrue();
        bridge.program().kill();

        long id = recorder.finishRecording(camera.stream(), second - 10, second + 300);
        BridgeProcess.run(bed, options);

        JsonNode clip = await("clip");
        assertThat(clip.path("visit_id")).isEqualTo(end.path("visit_id"));
        assertThat(clip.path("revision").asInt()).isEqualTo(3);
        assertThat(clip.path("clip").asText()).isEqualTo(recorder.url() + "/api/recordings/play/" + id);
    }

    @Test
    void thereAreNoneWithoutTheOption() {
        BridgeProcess.run(bed, options.with("visits", "enabled", false));
        camera.awaitWatched();

        camera.sees(PERSON);

        subscriber.await("lightnvr/detections/front_door");
        assertThat(subscriber.on("lightnvr/alerts/front_door"))
                .allMatch(message -> message.payload().isEmpty());
        assertThat(visits()).isEmpty();
    }

    @Test
    void nothingStaysAtTheBrokerWhenTheyAreSwitchedOff() {
        BridgeProcess bridge = BridgeProcess.run(bed, options);
        camera.awaitWatched();
        camera.sees(PERSON);
        await("end");
        Eventually.isSo("the broker keeps all of visits", () -> keptOfVisits().size() == 3);
        bridge.terminate();

        BridgeProcess.run(bed, options.with("visits", "enabled", false));

        Eventually.isSo(
                "the broker keeps nothing of visits", () -> keptOfVisits().isEmpty());
    }

    private List<String> keptOfVisits() {
        return broker.kept("%t").stream()
                .filter(topic -> topic.startsWith("lightnvr/visits/") || topic.startsWith("lightnvr/alerts/"))
                .toList();
    }

    private JsonNode await(String type) {
        return json(subscriber.await(
                "a visit's " + type,
                message -> message.topic().equals(VISITS)
                        && json(message).path("type").asText().equals(type)));
    }

    private List<JsonNode> visits() {
        return subscriber.on(VISITS).stream().map(VisitsIT::json).toList();
    }

    private static JsonNode json(Heard message) {
        try {
            return new JsonMapper().readTree(message.payload());
        } catch (JsonProcessingException e) {
            throw new AssertionError(message.payload(), e);
        }
    }
}
