package io.lightnvr.mqtt.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** How a bridge ends, and what the broker keeps of it. */
@Execution(ExecutionMode.CONCURRENT)
class EndingIT {

    @RegisterExtension
    final TestBed bed = new TestBed();

    @Test
    void saysGoodbyeAfterSigterm() {
        Mosquitto broker = bed.broker();
        Subscriber subscriber = Subscriber.start(bed, broker, "listener", "lightnvr/#");
        BridgeProcess bridge = BridgeProcess.run(bed, BridgeOptions.of(bed.recorder(), broker.port()));
        subscriber.await("lightnvr/availability", "online");

        int status = bridge.terminate();

        assertThat(status).isZero();
        isOffline(broker, subscriber);
        broker.log().await("the farewell", line -> line.endsWith("Received DISCONNECT from lightnvr-mqtt"));
    }

    @Test
    void saysGoodbyeAfterCtrlC() {
        Mosquitto broker = bed.broker();
        Subscriber subscriber = Subscriber.start(bed, broker, "listener", "lightnvr/#");
        String options =
                BridgeOptions.of(bed.recorder(), broker.port()).write(bed).toString();
        // Where the tests run in the background of a script, SIGINT would be ignored from birth.
        List<String> prefix = List.of("env", "--default-signal=INT");
        BridgeProcess bridge = BridgeProcess.start(bed, prefix, "run", "--config", options);
        subscriber.await("lightnvr/availability", "online");

        bridge.program().interrupt();

        assertThat(bridge.exitStatus()).isZero();
        isOffline(broker, subscriber);
    }

    @Test
    void leavesAWillForWhenItIsKilled() {
        Mosquitto broker = bed.broker();
        Subscriber subscriber = Subscriber.start(bed, broker, "listener", "lightnvr/#");
        BridgeProcess bridge = BridgeProcess.run(bed, BridgeOptions.of(bed.recorder(), broker.port()));
        subscriber.await("lightnvr/availability", "online");

        bridge.program().kill();

        isOffline(broker, subscriber);
    }

    @Test
    void endsInOrderWithoutABrokerAndARecorder() {
        SimulatedRecorder recorder = bed.recorder();
        recorder.stopListening();
        BridgeProcess bridge = BridgeProcess.run(bed, BridgeOptions.of(recorder, Ports.free()));
        bridge.awaitLog("The broker localhost");

        int status = bridge.terminate();

        assertThat(status).isZero();
    }

    @Test
    void endsInOrderWhenTheBrokerHangs() throws Exception {
        try (SilentServer silent = new SilentServer()) {
            BridgeProcess bridge = BridgeProcess.run(bed, BridgeOptions.of(bed.recorder(), silent.port()));
            silent.awaitClient();

            int status = bridge.terminate();

            assertThat(status).isZero();
        }
    }

    private void isOffline(Mosquitto broker, Subscriber subscriber) {
        Heard offline = subscriber.await("lightnvr/availability", "offline");
        assertThat(offline.retained()).isTrue();
        Subscriber late = Subscriber.start(bed, broker, "late", "lightnvr/availability");
        assertThat(late.await("lightnvr/availability").payload()).isEqualTo("offline");
    }
}
