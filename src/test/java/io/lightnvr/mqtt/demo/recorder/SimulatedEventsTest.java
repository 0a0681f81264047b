package io.lightnvr.mqtt.demo.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.broker.BrokerSettings;
import io.lightnvr.mqtt.broker.FakeBroker;
import io.lightnvr.mqtt.broker.Limits;
import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.ReasonCode;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.it.Eventually;
import io.lightnvr.mqtt.it.Ports;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a simulated recorder publishes, against the documented example, with numbers as its JSON library prints them. */
class SimulatedEventsTest {

    private static final StreamName DOOR = new StreamName("front_door");
    private static final SimulatedRow PERSON = new SimulatedRow("person", 0.94f, 0.1f, 0.2f, 0.3f, 0.4f);

    private final SettableClock clock =
            new SettableClock(Instant.parse("2026-08-23T06:30:00Z").getEpochSecond());
    private final FakeBroker broker = new FakeBroker();
    private SimulatedRecorder recorder;

    @BeforeEach
    void start() throws IOException {
        recorder = SimulatedRecorder.start(
                RecorderSetup.open().onPort(Ports.free()).of(Generation.V0_47).withClock(clock));
        recorder.streams().add(SimulatedStream.running("front_door"));
    }

    @AfterEach
    void close() {
        recorder.close();
    }

    @Test
    void publishesTheDocumentedEvent() {
        try (SimulatedEvents events = begin()) {
            sees(PERSON.tracked(17, "loading-bay"));

            Message event = awaitMessages(1).get(0);
            String camera = recorder.streams().uuid(DOOR);
            assertThat(event.topic().name()).isEqualTo("lightnvr/v1/events/io.lightnvr.detection.object.v1/" + camera);
            assertThat(event.text())
                    .isEqualTo("{\"specversion\":\"1.0\",\"id\":\""
                            + events.said().get(0).id()
                            + "\",\"type\":\"io.lightnvr.detection.object.v1\""
                            + ",\"source\":\"urn:lightnvr:11111111-1111-4111-8111-111111111111\",\"subject\":\"camera/"
                            + camera + "\",\"time\":\"2026-08-23T06:30:00Z\",\"datacontenttype\":\"application/json\""
                            + ",\"severity\":\"info\",\"sensitivity\":\"operational\",\"data\":{\"stream_name\":\"front_door\""
                            + ",\"count\":1,\"detections\":[{\"label\":\"person\",\"confidence\":0.93999999761581421"
                            + ",\"x\":0.10000000149011612,\"y\":0.20000000298023224,\"width\":0.300000011920929"
                            + ",\"height\":0.40000000596046448,\"track_id\":17,\"zone_id\":\"loading-bay\"}]}}");
            assertThat(event.retain()).isFalse();
        }
    }

    @Test
    void leavesOutABoxWithoutAnAreaATrackAndAZone() {
        try (SimulatedEvents events = begin()) {
            sees(new SimulatedRow("person", 0.5f, 0, 0, 0, 0));

            assertThat(awaitMessages(1).get(0).text())
                    .endsWith("\"detections\":[{\"label\":\"person\",\"confidence\":0.5}]}}");
            assertThat(events.said()).hasSize(1);
        }
    }

    @Test
    void sendsAgainWhatWasNotAcknowledgedWhenTheBrokerIsBack() {
        try (SimulatedEvents events = begin()) {
            sees(PERSON);
            awaitMessages(1);
            broker.connections.get(0).lose(ReasonCode.SUCCESS);
            sees(PERSON);
            Eventually.isSo("it connects again", () -> broker.connections.size() == 2);
            broker.newest().accept(Limits.unlimited());

            List<Message> again = awaitMessages(2);
            assertThat(again.get(0).text()).contains(events.said().get(0).id());
            assertThat(again.get(1).text()).contains(events.said().get(1).id());
        }
    }

    @Test
    void publishesOnlyWhatARouteLetsThrough() {
        try (SimulatedEvents events = begin()) {
            events.setRoute(event -> event.rows().get(0).label().equals("cat"));
            sees(PERSON);
            sees(new SimulatedRow("cat", 0.5f, 0, 0, 0, 0));

            assertThat(awaitMessages(1).get(0).text()).contains("\"cat\"");
            assertThat(events.said()).hasSize(1);
        }
    }

    @Test
    void publishesTheOldFormBesideIt() {
        try (SimulatedEvents events = begin()) {
            events.setRoute(event -> false);
            events.setOldTopic(Duration.ofMillis(1));
            sees(PERSON.tracked(17, ""));

            Message old = awaitMessages(1).get(0);
            assertThat(old.topic().name()).isEqualTo("lightnvr/detections/front_door");
            assertThat(old.text())
                    .startsWith("{\"stream\":\"front_door\",\"timestamp\":1787466600,\"count\":1,\"detections\":[{")
                    .endsWith("\"track_id\":17}]}");
        }
    }

    private SimulatedEvents begin() {
        SimulatedEvents events = SimulatedEvents.start(
                recorder,
                broker,
                new BrokerSettings(
                        "localhost",
                        1883,
                        "lightnvr",
                        Optional.empty(),
                        Duration.ofSeconds(60),
                        Optional.empty(),
                        Optional.empty()),
                "lightnvr");
        Eventually.isSo("it connects", () -> !broker.connections.isEmpty());
        broker.newest().accept(Limits.unlimited());
        return events;
    }

    private void sees(SimulatedRow row) {
        recorder.rows().insertFrame(DOOR, clock.instant().getEpochSecond(), row);
    }

    /** The newest connection's messages, but for the recorder's presence. */
    private List<Message> awaitMessages(int count) {
        Eventually.isSo("messages come", () -> messages().size() == count);
        return messages();
    }

    private List<Message> messages() {
        return List.copyOf(broker.newest().sent).stream()
                .map(FakeBroker.Sent::message)
                .filter(message -> !message.topic().name().contains("/status/"))
                .toList();
    }
}
