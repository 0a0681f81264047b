package io.lightnvr.mqtt.it;

import static io.lightnvr.mqtt.it.Measured.percentile;
import static io.lightnvr.mqtt.it.Measured.report;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How soon the demo shows something. Not a part of the tests: {@code .ci/measure Demo} runs it. */
class DemoMeasure {

    private static final int STARTS = 9;

    @RegisterExtension
    private final TestBed bed = new TestBed();

    @Test
    void fromTheStartToTheFirstEventOnTheScreen() {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < STARTS; i++) {
            long start = System.nanoTime();
            BridgeProcess demo = BridgeProcess.start(bed, "demo", "--port", "0");
            demo.program().output().await("an event on the screen", DemoIT.EVENT);
            millis.add((System.nanoTime() - start) / 1e6);
            demo.program().kill();
        }

        millis.sort(null);
        report(
                "start of the demo to its first event (%d starts): median %.0f ms, worst %.0f ms",
                STARTS, percentile(millis, 50), percentile(millis, 100));
    }
}
