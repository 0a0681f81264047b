package io.lightnvr.mqtt.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The test event that people can send by hand. */
@Execution(ExecutionMode.CONCURRENT)
class PublishCommandIT {

    @RegisterExtension
    final TestBed bed = new TestBed();

    @Test
    void printsWhatASubscriberHears() {
        Mosquitto broker = bed.broker();
        Subscriber subscriber = Subscriber.start(bed, broker, "listener", "#");

        BridgeProcess publish = publish(BridgeOptions.of(bed.recorder(), broker.port()));

        assertThat(publish.exitStatus()).as(publish.logText()).isZero();
        Heard event = subscriber.await("lightnvr/detections/front_door");
        Heard enriched = subscriber.await("lightnvr/events/front_door");
        assertThat(event.payload())
                .startsWith("{\"stream\":\"front_door\",\"timestamp\":")
                .contains("\"count\":1,\"detections\":[{\"label\":\"person\",\"confidence\":0.75,")
                .endsWith("\"track_id\":\"\",\"zone_id\":\"entrance\"}]}");
        assertThat(publish.printed()).contains(event.topic(), event.payload(), enriched.topic(), enriched.payload());
        assertThat(subscriber.all()).hasSize(2);
    }

    /** No topic is that long. */
    @Test
    void refusesANameThatIsLongerThanAny() {
        BridgeProcess publish =
                BridgeProcess.start(bed, "publish", "--label", "person", "--stream", "a".repeat(70_000));

        assertThat(publish.exitStatus()).isEqualTo(2);
        assertThat(publish.logText())
                .startsWith("--stream, --label and --zone: have at most 1000 characters")
                .doesNotContain("\tat ");
    }

    @Test
    void doesNotDisturbARunningBridge() {
        Mosquitto broker = bed.broker();
        SimulatedRecorder recorder = bed.recorder();
        Camera camera = Camera.of(recorder, "front_door");
        Subscriber subscriber = Subscriber.start(bed, broker, "listener", "lightnvr/#");
        BridgeOptions options = BridgeOptions.of(recorder, broker.port());
        BridgeProcess bridge = BridgeProcess.run(bed, options);
        camera.awaitWatched().sees(SimulatedRow.wholePicture("cat", 0.5f));
        subscriber.await("lightnvr/detections/front_door");

        BridgeProcess publish = publish(options);

        assertThat(publish.exitStatus()).isZero();
        broker.awaitClient("lightnvr-mqtt-publish");
        subscriber.await("lightnvr/detections/front_door", 2);
        camera.sees(SimulatedRow.wholePicture("dog", 0.5f));
        List<Heard> events = subscriber.await("lightnvr/detections/front_door", 3);
        assertThat(events.get(2).sequence()).isEqualTo(2);
        assertThat(bridge.isConnectedOnce()).as(bridge.logText()).isTrue();
        assertThat(subscriber.on("lightnvr/availability"))
                .extracting(Heard::payload)
                .doesNotContain("offline");
    }

    @Test
    void failsWithASentenceWithoutABroker() {
        BridgeProcess publish = publish(BridgeOptions.of(bed.recorder(), Ports.free()));

        assertThat(publish.exitStatus()).isEqualTo(1);
        assertThat(publish.logText()).contains("cannot be reached").doesNotContain("\tat ");
        assertThat(publish.printed()).isEmpty();
    }

    @Test
    void failsWithASentenceWhenThePasswordIsWrong() {
        Mosquitto broker = bed.broker("allow_anonymous false", "password_file " + Mosquitto.passwords(bed, "a:b"));

        BridgeProcess publish = publish(BridgeOptions.of(bed.recorder(), broker.port())
                .mqtt("username", "a")
                .mqtt("password", "wr0ng"));

        assertThat(publish.exitStatus()).isEqualTo(1);
        assertThat(publish.logText()).contains("mqtt.password").doesNotContain("wr0ng");
    }

    @Test
    void refusesAConfidenceThatIsNone() {
        BridgeProcess publish =
                BridgeProcess.start(bed, "publish", "--stream", "a", "--label", "b", "--confidence", "1.5");

        assertThat(publish.exitStatus()).isEqualTo(2);
        assertThat(publish.logText()).contains("--confidence: 1.5");
    }

    private BridgeProcess publish(BridgeOptions options) {
        String file = options.write(bed).toString();
        return BridgeProcess.start(
                bed,
                "publish",
                "--config",
                file,
                "--stream",
                "front_door",
                "--label",
                "person",
                "--confidence",
                "0.75",
                "--zone",
                "entrance");
    }
}
