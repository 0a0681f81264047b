package io.lightnvr.mqtt.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.RecorderSetup;
import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Others write on the bridge's own retained topics at a real broker. */
class OwnTopicsIT {

    @RegisterExtension
    private final TestBed bed = new TestBed();

    @Test
    void whatAnotherWritesIsSetRightAndTold() {
        SimulatedRecorder recorder = bed.recorder(RecorderSetup.open());
        Camera camera = Camera.of(recorder, "front_door");
        Mosquitto broker = bed.broker();
        Subscriber subscriber = Subscriber.start(bed, broker, "listener", "lightnvr/#");
        BridgeProcess.run(bed, BridgeOptions.of(recorder, broker.port()));
        camera.awaitWatched();
        subscriber.await("lightnvr/availability/front_door", "online");

        for (String topic : List.of("lightnvr/availability", "lightnvr/availability/front_door")) {
            publish(broker, topic, "offline");

            Eventually.isSo(
                    topic + " is online again",
                    () -> subscriber.on(topic).size() == 3
                            && subscriber.on(topic).get(2).payload().equals("online"));
            assertThat(broker.kept("%t %p")).contains(topic + " online");
        }
        subscriber.await(
                "a finding",
                message -> message.topic().equals("lightnvr/bridge/state")
                        && message.payload().contains("another client publishes on lightnvr/availability"));
    }

    private void publish(Mosquitto broker, String topic, String payload) {
        List<String> command =
                List.of("mosquitto_pub", "-h", "localhost", "-p", "" + broker.port(), "-r", "-t", topic, "-m", payload);
        assertThat(bed.program("mosquitto_pub", Map.of(), command).exitStatus(Arrivals.PATIENCE))
                .isZero();
    }
}
