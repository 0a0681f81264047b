package io.lightnvr.mqtt.it;

import static io.lightnvr.mqtt.it.Measured.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What a bridge with the flags of a small machine does at a broker that keeps a great many messages of others. Not a part of the
 * tests: {@code .ci/measure HostileBroker -Dretained=1000000} runs it.
 */
class HostileBrokerMeasure {

    private static final int RETAINED = Integer.getInteger("retained", 1_000_000);

    @RegisterExtension
    private final TestBed bed = new TestBed();

    @Test
    @Timeout(1800)
    void withNoneAndWithAllOfThem() {
        Mosquitto broker = Measured.broker(bed, Ports.free());
        SimulatedRecorder recorder = bed.recorder();
        Camera camera = Camera.of(recorder, "front_door");
        Subscriber subscriber = Subscriber.start(bed, broker.port(), "listener", "lightnvr/events/front_door");
        broker.log().await("its subscription", line -> line.endsWith(" lightnvr/events/front_door"));
        start("none", 1, recorder, camera, broker, subscriber);

        ForeignTopics.keep(Spammer.connect(bed, broker.port(), "spammer"), RETAINED);
        report(
                "the broker keeps %d messages of others: resident %.0f MiB",
                RETAINED, Measured.residentMiB(broker.program()));
        camera.expectAnotherBridge();
        start("with all of them", 2, recorder, camera, broker, subscriber);
    }

    private void start(
            String when,
            int event,
            SimulatedRecorder recorder,
            Camera camera,
            Mosquitto broker,
            Subscriber subscriber) {
        long begin = System.nanoTime();
        BridgeProcess bridge =
                BridgeProcess.withFlags(bed, Measured.SMALL_FLAGS, BridgeOptions.of(recorder, broker.port()));
        bridge.awaitLog("Connected to the broker");
        double connected = (System.nanoTime() - begin) / 1e6;
        camera.awaitWatched();
        long seen = System.nanoTime();
        camera.sees(Measured.person());
        subscriber.await("lightnvr/events/front_door", event);
        double heard = (System.nanoTime() - seen) / 1e6;
        report(
                "%s: from the start to the connection %.0f ms, from a row to its event %.0f ms; resident %.1f MiB, at most %.1f MiB",
                when, connected, heard, Measured.residentMiB(bridge.program()), Measured.peakMiB(bridge.program()));
        assertThat(bridge.terminate()).isZero();
        assertThat(bridge.logText()).doesNotContain("OutOfMemory");
    }
}
