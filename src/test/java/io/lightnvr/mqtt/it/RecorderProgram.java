package io.lightnvr.mqtt.it;

import io.lightnvr.mqtt.demo.recorder.RecorderSetup;
import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The simulated recorder as a program, for a network of its own. It sees what it reads from its standard input. */
public final class RecorderProgram {

    private static final String READY = "ready";
    private static final String WATCHED = "watched";

    private final Program program;
    private final String url;

    private RecorderProgram(Program program, String url) {
        this.program = program;
        this.url = url;
    }

    /** Starts it with one stream, of which it gives pictures. */
    public static RecorderProgram start(TestBed bed, String stream) {
        List<String> command = List.of(
                BridgeProcess.java(),
                "-cp",
                System.getProperty("java.class.path"),
                RecorderProgram.class.getName(),
                stream);
        Program program = bed.program("recorder", Map.of(), command);
        String ready = program.output().await("its address", line -> line.startsWith(READY));
        return new RecorderProgram(program, ready.substring(READY.length() + 1));
    }

    public String url() {
        return url;
    }

    /** Waits until the bridge knows that there is nothing yet. */
    public RecorderProgram awaitWatched() {
        program.output().await("the first question", WATCHED::equals);
        return this;
    }

    /** Sees a frame now, with things of these labels, each {@code label:confidence}. */
    public void sees(String... things) {
        program.tell(String.join(" ", things));
    }

    /** Runs the recorder until its input ends. */
    public static void main(String[] arguments) throws IOException {
        try (SimulatedRecorder recorder = SimulatedRecorder.start(RecorderSetup.open());
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            recorder.setPictures(true);
            Camera camera = Camera.of(recorder, arguments[0]);
            System.out.println(READY + " " + recorder.url());
            camera.awaitWatched();
            System.out.println(WATCHED);
            in.lines().forEach(line -> camera.sees(rows(line)));
        }
    }

    private static SimulatedRow[] rows(String line) {
        return List.of(line.split(" ")).stream()
                .map(thing -> thing.split(":"))
                .map(thing -> SimulatedRow.wholePicture(thing[0], Float.parseFloat(thing[1])))
                .toArray(SimulatedRow[]::new);
    }
}
