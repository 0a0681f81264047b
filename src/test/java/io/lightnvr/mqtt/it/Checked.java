package io.lightnvr.mqtt.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import java.util.ArrayList;
import java.util.List;

/**
 * How a {@code check} ended.
 *
 * @param lines what it printed; to the standard error stream it prints nothing
 */
public record Checked(int status, List<String> lines) {

    /** A recorder of which there is nothing to tell: one stream, on which somebody was seen just now. */
    static SimulatedRecorder soundRecorder(TestBed bed) {
        SimulatedRecorder recorder = bed.recorder();
        Camera.of(recorder, "front_door").sees(SimulatedRow.wholePicture("person", 0.9f));
        return recorder;
    }

    /** {@code check --config FILE}. */
    public static Checked check(TestBed bed, BridgeOptions options) {
        return check(bed, "--config", options.write(bed).toString());
    }

    /** {@code check ...}. */
    static Checked check(TestBed bed, String... arguments) {
        List<String> all = new ArrayList<>(List.of("check"));
        all.addAll(List.of(arguments));
        return of(BridgeProcess.start(bed, all.toArray(String[]::new)));
    }

    /** Waits for the end of one. */
    static Checked of(BridgeProcess process) {
        int status = process.exitStatus();
        assertThat(process.log().all()).isEmpty();
        return new Checked(status, process.program().output().all());
    }

    /** The first line with this text. */
    public String line(String text) {
        return lines.stream()
                .filter(line -> line.contains(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No line with " + text + " in " + lines));
    }
}
