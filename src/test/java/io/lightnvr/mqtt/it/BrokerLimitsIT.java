package io.lightnvr.mqtt.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Brokers that do not allow everything. */
@Execution(ExecutionMode.CONCURRENT)
class BrokerLimitsIT {

    private static final String OPEN = "allow_anonymous true";
    private static final String EVENTS = "lightnvr/detections/front_door";
    private static final SimulatedRow PERSON = SimulatedRow.wholePicture("person", 0.9f);

    @RegisterExtension
    final TestBed bed = new TestBed();

    private SimulatedRecorder recorder;
    private Camera camera;

    @BeforeEach
    void watchARecorder() {
        recorder = bed.recorder();
        camera = Camera.of(recorder, "front_door");
    }

    @Test
    void keepsToABrokerThatTakesOneMessageAtATime() {
        Mosquitto broker = bed.broker(OPEN, "max_inflight_messages 1");
        Subscriber subscriber = Subscriber.start(bed, broker, "listener", EVENTS);
        BridgeProcess bridge = run(broker, 1);

        camera.awaitWatched();
        for (int i = 0; i < 15; i++) {
            camera.sawAgo(15 - i, PERSON);
        }

        assertThat(subscriber.await(EVENTS, 15).stream().map(Heard::sequence))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 15).boxed().toList());
        assertThat(bridge.isConnectedOnce()).as(bridge.logText()).isTrue();
    }

    @Test
    void usesABrokerThatTakesOnlyQos0() {
        Mosquitto broker = bed.broker(OPEN, "max_qos 0");
        Subscriber subscriber = Subscriber.start(bed, broker, "listener", "lightnvr/#");
        BridgeProcess bridge = run(broker, 1);

        camera.awaitWatched();
        subscriber.await("lightnvr/availability/front_door", "online");
        camera.sees(PERSON);
        subscriber.await(EVENTS);
        bridge.program().kill();

        subscriber.await("lightnvr/availability", "offline");
        bridge.awaitLog("takes only QoS 0, with which a message can be lost: allow QoS 1");
    }

    /** Paho by itself would send a sign of life once a minute, or none: a loss every 15 s. */
    @ParameterizedTest
    @ValueSource(ints = {0, 60})
    void keepsToTheKeepAliveOfABroker(int keepAlive) {
        Mosquitto broker = bed.broker(OPEN, "max_keepalive 10");
        BridgeProcess bridge =
                BridgeProcess.run(bed, BridgeOptions.of(recorder, broker.port()).mqtt("keepalive", keepAlive));

        camera.awaitWatched();
        broker.log().await("signs of life", 4, line -> line.endsWith("Received UNSUBSCRIBE from lightnvr-mqtt"));

        assertThat(bridge.isConnectedOnce()).as(bridge.logText()).isTrue();
    }

    /** Paho by itself would send nothing to it. */
    @Test
    void sendsToABrokerThatTakesMoreMessagesAtATimeThanPahoCanCount() {
        Mosquitto broker = bed.broker(OPEN, "max_inflight_messages 40000");
        Subscriber subscriber = Subscriber.start(bed, broker, "listener", EVENTS);
        BridgeProcess bridge = run(broker, 1);

        camera.awaitWatched().sees(PERSON);

        subscriber.await(EVENTS);
        assertThat(bridge.isConnectedOnce()).as(bridge.logText()).isTrue();
    }

    @Test
    void sendsAtTheBestQualityThatTheBrokerHas() {
        Mosquitto broker = bed.broker(OPEN, "max_qos 1");
        Subscriber subscriber = Subscriber.start(bed, broker, "listener", EVENTS);
        run(broker, 2);

        camera.awaitWatched().sees(PERSON);

        assertThat(subscriber.await(EVENTS).qos()).isEqualTo(1);
    }

    @Test
    void saysThatABrokerRetainsNothing() {
        Mosquitto broker = bed.broker(OPEN, "retain_available false");

        BridgeProcess bridge = run(broker, 1);

        bridge.log().await("a sentence", line -> line.contains("localhost") && line.contains("retain not supported"));
        assertThat(bridge.terminate()).isZero();
    }

    @Test
    void dropsWhatTheBrokerCanNeverTakeAndGoesOn() {
        // Enough for an event, too little for what announces a device.
        Mosquitto broker = bed.broker(OPEN, "max_packet_size 800");
        Subscriber subscriber = Subscriber.start(bed, broker, "listener", EVENTS);
        BridgeProcess bridge = run(broker, 1);

        camera.awaitWatched().sawAgo(2, Collections.nCopies(12, PERSON).toArray(SimulatedRow[]::new));
        camera.sees(PERSON);

        assertThat(subscriber.await(EVENTS).json().path("count").asInt()).isEqualTo(1);
        bridge.log().await("what was dropped", line -> line.contains(EVENTS) && line.contains("more than the 800"));
        assertThat(bridge.awaitLog("homeassistant/device/lightnvr_mqtt_bridge/config"))
                .contains("more than the 800");
        assertThat(bridge.isConnectedOnce()).as(bridge.logText()).isTrue();
    }

    @Test
    void saysThatItMayNotPublish() throws IOException {
        Path rules = bed.folder().resolve("rules.acl");
        Files.writeString(rules, "topic write lightnvr/availability\ntopic read #\n");
        Mosquitto broker = bed.broker(OPEN, "acl_file " + rules);
        Subscriber subscriber = Subscriber.start(bed, broker, "listener", "#");
        BridgeProcess bridge = run(broker, 1);

        camera.awaitWatched().sees(PERSON);

        bridge.log().await("a sentence", line -> line.contains(EVENTS) && line.contains("not authorized"));
        subscriber.await("lightnvr/availability", "online");
        assertThat(bridge.program().isAlive()).isTrue();
        assertThat(bridge.terminate()).isZero();
        subscriber.await("lightnvr/availability", "offline");
    }

    /** Paho by itself ends the connection for each refusal of a QoS 2 message. */
    @Test
    void publishesTheOtherStreamsWithQos2WhereOneTopicIsRefused() throws IOException {
        Path rules = bed.folder().resolve("rules.acl");
        Files.writeString(rules, """
                topic readwrite lightnvr/#
                topic deny lightnvr/detections/front_door
                topic readwrite homeassistant/#
                """);
        Mosquitto broker = bed.broker(OPEN, "acl_file " + rules);
        Subscriber subscriber = Subscriber.start(bed, broker, "listener", "lightnvr/detections/#");
        Camera yard = Camera.of(recorder, "yard");
        BridgeProcess bridge = run(broker, 2);
        camera.awaitWatched();
        yard.awaitWatched();

        camera.sees(PERSON);
        bridge.log().await("a refusal", line -> line.contains(EVENTS) && line.contains("not authorized"));
        yard.sees(PERSON);

        assertThat(subscriber.await("lightnvr/detections/yard").qos()).isEqualTo(2);
        assertThat(bridge.logged("connecting again")).isZero();
    }

    private BridgeProcess run(Mosquitto broker, int qos) {
        return BridgeProcess.run(bed, BridgeOptions.of(recorder, broker.port()).mqtt("qos", qos));
    }
}
