package io.lightnvr.mqtt.it;

import static io.lightnvr.mqtt.it.Measured.median;
import static io.lightnvr.mqtt.it.Measured.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How long a bridge takes to end after SIGTERM. Not a part of the tests: {@code .ci/measure Ending} runs it. */
class EndingMeasure {

    private static final int ENDS = 9;

    @RegisterExtension
    private final TestBed bed = new TestBed();

    private int asked;

    @Test
    void withABroker() {
        Mosquitto broker = bed.broker();

        measure("with a broker", broker.port(), bridge -> bridge.awaitLog("Connected to the broker"));
    }

    @Test
    void withoutABroker() {
        measure("without a broker", Ports.free(), bridge -> bridge.awaitLog("cannot be reached"));
    }

    @Test
    void withABrokerThatSaysNothing() throws Exception {
        SilentServer silent = bed.own(new SilentServer());

        measure("with a broker that says nothing", silent.port(), bridge -> {
            int before = asked;
            Eventually.isSo("a client of the silent server", () -> silent.clients() > before);
            asked = silent.clients();
        });
    }

    private void measure(String circumstance, int broker, Consumer<BridgeProcess> awaitReady) {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < ENDS; i++) {
            BridgeProcess bridge = BridgeProcess.run(bed, BridgeOptions.of(bed.recorder(), broker));
            awaitReady.accept(bridge);
            long start = System.nanoTime();
            bridge.terminate();
            millis.add((System.nanoTime() - start) / 1e6);
        }
        report("end %s (%d ends): median %.0f ms", circumstance, ENDS, median(millis));
    }
}
