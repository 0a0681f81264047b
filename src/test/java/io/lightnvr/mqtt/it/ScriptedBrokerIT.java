package io.lightnvr.mqtt.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Brokers that answer what MQTT 5 allows and Mosquitto never does. */
@Execution(ExecutionMode.CONCURRENT)
class ScriptedBrokerIT {

    private static final String EVENTS = "lightnvr/detections/front_door";
    private static final String BIRTH = "homeassistant/status";
    private static final String DEVICE = "homeassistant/device/lightnvr_mqtt_stream_front_door/config";
    private static final SimulatedRow PERSON = SimulatedRow.wholePicture("person", 0.9f);

    private static final int QUOTA_EXCEEDED = 0x97;
    private static final int PACKET_ID_IN_USE = 0x91;
    private static final int NO_WILDCARDS = 0xA2;

    @RegisterExtension
    final TestBed bed = new TestBed();

    private final AtomicInteger asked = new AtomicInteger();
    private SimulatedRecorder recorder;
    private Camera camera;

    @BeforeEach
    void watchARecorder() {
        recorder = bed.recorder();
        camera = Camera.of(recorder, "front_door");
    }

    @Test
    void goesOnWithoutWildcardsAndSaysSo() throws IOException {
        ScriptedBroker broker = broker(new ScriptedBroker.Script() {
            @Override
            public byte[] connack() {
                return new byte[] {0x28, 0};
            }

            @Override
            public int suback(String topicFilter) {
                return topicFilter.matches(".*[+#].*") ? NO_WILDCARDS : 1;
            }
        });
        BridgeProcess bridge = run(broker);

        camera.awaitWatched().sees(PERSON);

        broker.published().await("the event", EVENTS::equals);
        broker.published().await("the device", DEVICE::equals);
        assertThat(bridge.awaitLog("wildcard subscriptions not supported")).doesNotContain("access control");
        assertThat(bridge.isConnectedOnce()).as(bridge.logText()).isTrue();
    }

    @Test
    void letsABrokerAssignAnotherClientId() throws IOException {
        ScriptedBroker broker = broker(new ScriptedBroker.Script() {
            @Override
            public byte[] connack() {
                return new byte[] {0x12, 0, 3, 'n', 'e', 'w'};
            }
        });
        BridgeProcess bridge = run(broker);

        camera.awaitWatched().sees(PERSON);

        broker.published().await("the event", EVENTS::equals);
        assertThat(broker.connected().all()).containsOnlyOnce("lightnvr-mqtt");
        assertThat(bridge.isConnectedOnce()).as(bridge.logText()).isTrue();
    }

    @Test
    void sendsAgainWhatABrokerWithFullQueuesRefuses() throws IOException {
        ScriptedBroker broker = broker(new ScriptedBroker.Script() {
            @Override
            public int puback(String topic) {
                return topic.equals(EVENTS) && asked.getAndIncrement() < 1 ? QUOTA_EXCEEDED : 0;
            }
        });
        BridgeProcess bridge = run(broker);

        camera.awaitWatched().sees(PERSON);

        broker.published().await("the event", EVENTS::equals);
        assertThat(bridge.awaitLog("quota exceeded")).contains(EVENTS);
        assertThat(bridge.isConnectedOnce()).as(bridge.logText()).isTrue();
    }

    /** As mochi-mqtt, which counts its own messages and our requests together. */
    @Test
    void subscribesAgainWhereTheIdentifierIsInUse() throws IOException {
        ScriptedBroker broker = broker(new ScriptedBroker.Script() {
            @Override
            public int suback(String topicFilter) {
                return topicFilter.equals(BIRTH) && asked.getAndIncrement() < 5 ? PACKET_ID_IN_USE : 1;
            }
        });
        BridgeProcess bridge = run(broker);

        broker.subscribed().await("the birth", BIRTH::equals);

        assertThat(bridge.logged("refuses the subscription")).isZero();
    }

    /** As rumqttd, which does not answer who ends a subscription that there is not. */
    @Test
    void checksABrokerThatDoesNotAnswerWhoEndsASubscription() throws IOException {
        ScriptedBroker broker = broker(new ScriptedBroker.Script() {});
        camera.sees(PERSON);

        Checked checked = Checked.check(bed, BridgeOptions.of(recorder, broker.port()));

        assertThat(checked.lines()).noneMatch(line -> line.startsWith("failed"));
        assertThat(checked.line("allows publishing states")).startsWith("ok");
    }

    /** As RabbitMQ. */
    @Test
    void checkSaysThatABrokerShowsNothingToWildcards() throws IOException {
        ScriptedBroker broker = broker(new ScriptedBroker.Script() {
            @Override
            public Optional<String> kept(String topic) {
                return switch (topic) {
                    case "lightnvr/availability" -> Optional.of("online");
                    case "lightnvr/bridge/state" -> Optional.of("{\"client_id\":\"lightnvr-mqtt\"}");
                    default -> Optional.empty();
                };
            }
        });
        camera.sees(PERSON);

        Checked checked = Checked.check(bed, BridgeOptions.of(recorder, broker.port()));

        assertThat(checked.line("shows nothing that it keeps to subscriptions with wildcards"))
                .startsWith("warning  broker:");
        assertThat(checked.lines()).noneMatch(line -> line.contains("its state is missing"));
    }

    private ScriptedBroker broker(ScriptedBroker.Script script) throws IOException {
        return bed.own(new ScriptedBroker(script));
    }

    private BridgeProcess run(ScriptedBroker broker) {
        return BridgeProcess.run(bed, BridgeOptions.of(recorder, broker.port()));
    }
}
