package io.lightnvr.mqtt.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import io.lightnvr.mqtt.demo.recorder.SimulatedZone;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a subscriber hears of a detection, to the byte. */
@Execution(ExecutionMode.CONCURRENT)
class DetectionEventsIT {

    private static final SimulatedRow PERSON = new SimulatedRow("person", 0.92f, 0.25f, 0.3f, 0.15f, 0.45f);
    private static final SimulatedRow CAR = new SimulatedRow("car", 0.87f, 0.6f, 0.5f, 0.3f, 0.25f);

    @RegisterExtension
    final TestBed bed = new TestBed();

    @Test
    void sendsTheDocumentedBytesWithTheirProperties() {
        Mosquitto broker = bed.broker();
        SimulatedRecorder recorder = bed.recorder();
        Camera camera = Camera.of(recorder, "front_door");
        recorder.streams().setZones(camera.stream(), SimulatedZone.rectangle("z1", "entrance", 0.2f, 0.4f, 0.5f, 0.7f));
        Subscriber subscriber = Subscriber.start(bed, broker, "listener", "lightnvr/#");
        BridgeProcess.run(bed, BridgeOptions.of(recorder, broker.port()));

        long second = camera.awaitWatched().sees(CAR, PERSON);

        Heard event = subscriber.await("lightnvr/detections/front_door");
        String iso = Instant.ofEpochSecond(second).toString();
        assertThat(event.payload())
                .isEqualTo("{\"stream\":\"front_door\",\"timestamp\":" + second + ",\"timestamp_iso\":\"" + iso
                        + "\",\"count\":2,\"detections\":["
                        + "{\"label\":\"person\",\"confidence\":0.92,\"x\":0.25,\"y\":0.3,\"width\":0.15,\"height\":0.45"
                        + ",\"track_id\":\"\",\"zone_id\":\"entrance\"},"
                        + "{\"label\":\"car\",\"confidence\":0.87,\"x\":0.6,\"y\":0.5,\"width\":0.3,\"height\":0.25"
                        + ",\"track_id\":\"\",\"zone_id\":\"\"}]}");
        assertThat(event.qos()).isEqualTo(1);
        assertThat(event.retained()).isFalse();
        assertThat(event.format()).isEqualTo("1");
        assertThat(event.contentType()).isEqualTo("application/json");
        assertThat(Long.parseLong(event.expiry())).isBetween(86_000L, 86_400L);
        assertThat(event.properties()).containsEntry("sequence", "1").containsKey("event_id");
        assertThat(event.properties().keySet()).isSubsetOf("event_id", "sequence", "delayed_ms");
        assertThat(event.properties().get("event_id")).isNotEmpty();
    }

    @Test
    void sendsTheEnrichedEventBesideIt() {
        Mosquitto broker = bed.broker();
        SimulatedRecorder recorder = bed.recorder();
        Camera camera = Camera.of(recorder, "front_door");
        recorder.streams().setZones(camera.stream(), SimulatedZone.rectangle("z1", "entrance", 0.2f, 0.4f, 0.5f, 0.7f));
        Subscriber subscriber = Subscriber.start(bed, broker, "listener", "lightnvr/#");
        BridgeProcess.run(bed, BridgeOptions.of(recorder, broker.port()));

        long second = camera.awaitWatched().sees(CAR, PERSON);

        Heard documented = subscriber.await("lightnvr/detections/front_door");
        Heard enriched = subscriber.await("lightnvr/events/front_door");
        String head = "{\"event_type\":\"person\",\"groups\":[\"person\",\"vehicle\"],\"label\":\"person\""
                + ",\"confidence\":0.92,\"labels\":{\"person\":1,\"car\":1},\"zones\":[\"entrance\"],\"event_id\":\""
                + documented.properties().get("event_id") + "\",\"sequence\":1,\"timestamp_iso\":\""
                + Instant.ofEpochSecond(second) + "\",\"delayed_ms\":";
        assertThat(enriched.payload()).startsWith(head).matches(".*\"delayed_ms\":\\d+}");
        assertThat(enriched.retained()).isFalse();
        assertThat(enriched.properties()).isEqualTo(documented.properties());
    }

    @Test
    void numbersTheEventsOfAStreamInTheOrderOfSending() {
        Mosquitto broker = bed.broker();
        SimulatedRecorder recorder = bed.recorder();
        Camera camera = Camera.of(recorder, "garden");
        Subscriber subscriber = Subscriber.start(bed, broker, "listener", "lightnvr/#");
        BridgeProcess.run(bed, BridgeOptions.of(recorder, broker.port()));

        camera.awaitWatched();
        for (int i = 0; i < 12; i++) {
            camera.sawAgo(12 - i, PERSON);
        }

        List<Heard> events = subscriber.await("lightnvr/detections/garden", 12);
        assertThat(events)
                .extracting(Heard::sequence)
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L);
        assertThat(events)
                .extracting(event -> event.json().path("timestamp").asLong())
                .isSorted();
        assertThat(events)
                .extracting(event -> event.properties().get("event_id"))
                .doesNotHaveDuplicates();
    }

    @Test
    void countsIdenticalRowsOfOneSecond() {
        Mosquitto broker = bed.broker();
        SimulatedRecorder recorder = bed.recorder();
        Camera camera = Camera.of(recorder, "street");
        Subscriber subscriber = Subscriber.start(bed, broker, "listener", "lightnvr/#");
        BridgeProcess.run(bed, BridgeOptions.of(recorder, broker.port()));

        camera.awaitWatched().sees(CAR, CAR, CAR);

        assertThat(subscriber
                        .await("lightnvr/detections/street")
                        .json()
                        .path("count")
                        .asInt())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void sendsAtTheQualityOfServiceThatWasAskedFor(int qos) {
        Mosquitto broker = bed.broker();
        SimulatedRecorder recorder = bed.recorder();
        Camera camera = Camera.of(recorder, "front_door");
        Subscriber subscriber = Subscriber.start(bed, broker, "listener", "lightnvr/#");
        BridgeProcess.run(bed, BridgeOptions.of(recorder, broker.port()).mqtt("qos", qos));

        camera.awaitWatched().sees(PERSON);

        assertThat(subscriber.await("lightnvr/detections/front_door").qos()).isEqualTo(qos);
        assertThat(subscriber.await("lightnvr/events/front_door").qos()).isEqualTo(qos);
    }

    @Test
    void letsTheBrokerKeepTheLastEventWhereThatIsAskedFor() {
        Mosquitto broker = bed.broker();
        SimulatedRecorder recorder = bed.recorder();
        Camera camera = Camera.of(recorder, "front_door");
        Subscriber subscriber = Subscriber.start(bed, broker, "listener", "lightnvr/#");
        BridgeProcess.run(bed, BridgeOptions.of(recorder, broker.port()).mqtt("retain", true));

        camera.awaitWatched().sees(PERSON);

        Heard event = subscriber.await("lightnvr/detections/front_door");
        assertThat(event.retained()).isTrue();
        subscriber.await("lightnvr/events/front_door");
        Subscriber late = Subscriber.start(bed, broker, "late", "lightnvr/#");
        assertThat(late.await("lightnvr/detections/front_door").payload()).isEqualTo(event.payload());
        late.await("lightnvr/availability");
        assertThat(late.on("lightnvr/events/front_door")).isEmpty();
    }

    @Test
    void keepsNamesApartThatShareATopic() {
        Mosquitto broker = bed.broker();
        SimulatedRecorder recorder = bed.recorder();
        Subscriber subscriber = Subscriber.start(bed, broker, "listener", "lightnvr/#");
        List<String> names = List.of("cam.1", "cam_1", "cam 1", "前門");
        List<Camera> cameras =
                names.stream().map(name -> Camera.of(recorder, name)).toList();
        BridgeProcess bridge = BridgeProcess.run(bed, BridgeOptions.of(recorder, broker.port()));

        cameras.forEach(Camera::awaitWatched);
        cameras.forEach(camera -> camera.sees(PERSON));

        assertThat(subscriber.await("lightnvr/detections/cam_1", 3))
                .extracting(event -> event.json().path("stream").asText())
                .containsExactlyInAnyOrder("cam.1", "cam_1", "cam 1");
        assertThat(subscriber.await("lightnvr/detections/______").payload()).startsWith("{\"stream\":\"前門\",");
        for (String key : List.of("cam_1-66498bf0", "cam_1", "cam_1-8df28ca7", "______-6f7400ac")) {
            assertThat(subscriber.await("lightnvr/events/" + key).sequence()).isEqualTo(1);
            subscriber.await("lightnvr/state/" + key);
        }
        assertThat(bridge.logged("share the topic")).isEqualTo(1);
    }

    @Test
    void passesOnOnlyWhatIsWanted() {
        Mosquitto broker = bed.broker();
        SimulatedRecorder recorder = bed.recorder();
        Camera wanted = Camera.of(recorder, "wanted");
        Camera other = Camera.of(recorder, "other");
        Camera ignored = Camera.of(recorder, "ignored");
        Subscriber subscriber = Subscriber.start(bed, broker, "listener", "lightnvr/#");
        BridgeProcess.run(
                bed,
                BridgeOptions.of(recorder, broker.port())
                        .detections("labels", List.of("Person", "dog"))
                        .detections("min_confidence", 0.5)
                        .detections("streams", List.of("wanted", "ignored"))
                        .detections("ignore_streams", List.of("ignored")));

        wanted.awaitWatched().sawAgo(1, CAR, SimulatedRow.wholePicture("person", 0.49f));
        wanted.sees(CAR, PERSON, SimulatedRow.wholePicture("dog", 0.5f), SimulatedRow.wholePicture("person", 0.3f));

        JsonNode detections =
                subscriber.await("lightnvr/detections/wanted").json().path("detections");
        assertThat(detections.findValuesAsText("label")).containsExactly("person", "dog");
        assertThat(other.questions() + ignored.questions()).isZero();
    }
}
