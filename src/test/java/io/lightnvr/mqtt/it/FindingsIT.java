package io.lightnvr.mqtt.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.demo.recorder.RecorderSetup;
import io.lightnvr.mqtt.demo.recorder.SimulatedPublisher;
import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.demo.recorder.SimulatedStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What {@code check} finds, a running bridge finds too: in its log once, and on {@code bridge/state}. */
@Execution(ExecutionMode.CONCURRENT)
class FindingsIT {

    @RegisterExtension
    final TestBed bed = new TestBed();

    @Test
    void saysThatTheRecordersClockDiffersAndThatItPublishesItself() {
        InstantSource ahead = () -> Instant.now().plus(Duration.ofMinutes(7));
        SimulatedRecorder recorder = bed.recorder(RecorderSetup.open().withClock(ahead));
        recorder.streams().add(SimulatedStream.running("front_door"));
        Mosquitto broker = bed.broker();
        recorder.setNativePublisher(
                new SimulatedPublisher(true, "localhost", broker.port(), "lightnvr-mqtt", "lightnvr", true));
        Subscriber subscriber = Subscriber.start(bed, broker, "listener", "lightnvr/bridge/state");

        BridgeProcess bridge = BridgeProcess.run(bed, BridgeOptions.of(recorder, broker.port()));

        JsonNode findings = subscriber
                .await("what was found", heard -> heard.json().path("findings").size() == 4)
                .json()
                .path("findings");
        assertThat(findings.findValuesAsText("part")).containsOnly("recorder");
        assertThat(findings.findValuesAsText("verdict")).containsOnly("warning");
        assertThat(findings.findValuesAsText("sentence"))
                .satisfiesExactly(
                        clock -> assertThat(clock).matches("its clock is 4\\d\\d s ahead of this machine's"),
                        topics -> assertThat(topics).startsWith("publishes to lightnvr/detections itself"),
                        entities -> assertThat(entities).startsWith("announces its own entities"),
                        id -> assertThat(id).isEqualTo("uses the client id lightnvr-mqtt at the bridge's broker"));
        for (String sentence : findings.findValuesAsText("sentence")) {
            bridge.awaitLog("recorder: " + sentence + " -> ");
            assertThat(bridge.logged("recorder: " + sentence + " -> ")).isOne();
        }
        bridge.awaitLog("continuing as lightnvr-mqtt-bridge");
    }

    @Test
    void saysThatTheCertificateEndsSoon() {
        SimulatedRecorder recorder = bed.recorder();
        Certificates certificates = new Certificates(bed, "our-ca");
        Mosquitto broker = bed.broker(
                certificates.endingServer("DNS:localhost,IP:127.0.0.1").toArray(String[]::new));

        BridgeProcess bridge = BridgeProcess.run(
                bed,
                BridgeOptions.of(recorder, broker.port())
                        .mqtt("tls_enabled", true)
                        .mqtt("tls_ca_file", certificates.authority().toString()));

        assertThat(bridge.awaitLog("which is soon"))
                .contains("broker: its certificate is for localhost, 127.0.0.1, signed by")
                .endsWith(" -> renew it at the broker");
    }

    @Test
    void saysThatTheRecorderAnswersAndThatNothingIsWrong() {
        SimulatedRecorder recorder = bed.recorder();
        Camera.of(recorder, "front_door");
        Mosquitto broker = bed.broker();
        Subscriber subscriber = Subscriber.start(bed, broker, "listener", "lightnvr/bridge/state");

        BridgeProcess.run(bed, BridgeOptions.of(recorder, broker.port()));

        subscriber.await("a state in which all is well", heard -> {
            JsonNode state = heard.json();
            return state.path("recorder").asText().equals("online")
                    && state.path("streams").asInt() == 1
                    && state.path("findings").isEmpty();
        });
    }
}
