package io.lightnvr.mqtt.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Brokers that are away for a while, or that are taken away, or that are too old. */
@Execution(ExecutionMode.CONCURRENT)
class BrokerOutageIT {

    private static final SimulatedRow PERSON = SimulatedRow.wholePicture("person", 0.9f);
    private static final byte[] CONNACK_OF_3_1_1 = {0x20, 0x02, 0x00, 0x01};

    @RegisterExtension
    final TestBed bed = new TestBed();

    @Test
    void findsABrokerThatStartsLater() {
        Mosquitto broker = new Mosquitto(bed, Ports.free(), List.of("allow_anonymous true"));
        SimulatedRecorder recorder = bed.recorder();
        Camera camera = Camera.of(recorder, "front_door");
        BridgeProcess bridge = BridgeProcess.run(bed, BridgeOptions.of(recorder, broker.port()));
        camera.awaitWatched().sees(PERSON);
        bridge.awaitLog("cannot be reached");

        broker.start();

        Subscriber subscriber = Subscriber.start(bed, broker, "listener", "lightnvr/#");
        subscriber.await("lightnvr/availability", "online");
        subscriber.await("lightnvr/detections/front_door");
        assertThat(bridge.logged("cannot be reached")).isEqualTo(1);
        assertThat(bridge.isConnectedOnce()).as(bridge.logText()).isTrue();
    }

    @Test
    void deliversInOrderWhatHappenedWhileTheBrokerWasAway() {
        Mosquitto broker = bed.broker();
        SimulatedRecorder recorder = bed.recorder();
        Camera camera = Camera.of(recorder, "front_door");
        String remembered = "3600";
        Subscriber subscriber = Subscriber.start(bed, broker, "listener", "lightnvr/#", "-c", "-x", remembered);
        BridgeProcess bridge = BridgeProcess.run(bed, BridgeOptions.of(recorder, broker.port()));
        camera.awaitWatched().sees(PERSON);
        subscriber.await("lightnvr/detections/front_door");
        int statesBefore = subscriber.on("lightnvr/state/front_door").size();

        broker.stop();
        bridge.awaitLog("connecting again");
        for (int i = 0; i < 8; i++) {
            camera.sawAgo(8 - i, SimulatedRow.wholePicture("cat", 0.5f + i / 100f));
        }
        long asked = camera.questions();
        Eventually.isSo("three polls in the outage", () -> camera.questions() > asked + 3);
        broker.start();

        subscriber.await(
                "the last event",
                message -> message.topic().equals("lightnvr/detections/front_door") && message.sequence() == 9);
        assertThat(subscriber.on("lightnvr/detections/front_door").stream()
                        .map(Heard::sequence)
                        .distinct())
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 9).boxed().toList());
        assertThat(subscriber.await("lightnvr/state/front_door", statesBefore + 1))
                .allMatch(Heard::retained);
        assertThat(subscriber.on("lightnvr/availability"))
                .extracting(Heard::payload)
                .endsWith("online");
    }

    @Test
    void goesOnUnderAnotherIdWhileItsOwnIsTaken() {
        Mosquitto broker = bed.broker();
        SimulatedRecorder recorder = bed.recorder();
        Camera camera = Camera.of(recorder, "front_door");
        Subscriber subscriber = Subscriber.start(bed, broker, "listener", "lightnvr/#");
        BridgeProcess bridge = BridgeProcess.run(bed, BridgeOptions.of(recorder, broker.port()));
        camera.awaitWatched();
        broker.awaitClient("lightnvr-mqtt");

        Subscriber.start(bed, broker, "lightnvr-mqtt", "nothing");

        broker.awaitClient("lightnvr-mqtt-bridge");
        bridge.awaitLog("trying the id lightnvr-mqtt-bridge once, in case another client uses lightnvr-mqtt");
        camera.sees(PERSON);
        subscriber.await("lightnvr/detections/front_door");
        subscriber.await(
                "the new id in the bridge's state",
                message -> message.topic().equals("lightnvr/bridge/state")
                        && message.json().path("client_id").asText().equals("lightnvr-mqtt-bridge"));
        assertThat(bridge.logged("trying the id")).isEqualTo(1);
    }

    @Test
    void saysThatABrokerIsTooOld() throws Exception {
        try (SilentServer old = new SilentServer(CONNACK_OF_3_1_1)) {
            BridgeProcess bridge = BridgeProcess.run(bed, BridgeOptions.of(bed.recorder(), old.port()));

            String line = bridge.awaitLog("3.1.1");
            // One to publish, and one to hear the recorder.
            Eventually.isSo("both connections were refused", () -> old.clients() >= 2);
            int attempts = old.clients();

            assertThat(line).contains("MQTT 5");
            Eventually.staysSo(
                    "alive, with no more attempts",
                    Duration.ofSeconds(3),
                    () -> bridge.program().isAlive() && old.clients() == attempts);
            assertThat(bridge.terminate()).isZero();
        }
    }
}
