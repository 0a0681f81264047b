package io.lightnvr.mqtt.it;

import io.lightnvr.mqtt.demo.recorder.RecorderSetup;
import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.demo.recorder.SimulatedStream;
import io.lightnvr.mqtt.event.StreamName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The simulated recorder as a program of its own, with streams in which nothing happens any more. It tells how often they are polled. */
public final class QuietRecorder {

    private static final String READY = "ready ";
    private static final String POLLS = "polls ";
    private static final long APART_SECONDS = 180;

    private final Program program;
    private final String url;
    private int asked;

    private QuietRecorder(Program program, String url) {
        this.program = program;
        this.url = url;
    }

    /** Starts it with so many streams, each with so many rows of the past. */
    static QuietRecorder start(TestBed bed, int streams, int rows) {
        List<String> command = List.of(
                BridgeProcess.java(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                QuietRecorder.class.getName(),
                Integer.toString(streams),
                Integer.toString(rows));
        Program program = bed.program("recorder", Map.of(), command);
        String ready = program.output().await("its address", line -> line.startsWith(READY));
        return new QuietRecorder(program, ready.substring(READY.length()));
    }

    String url() {
        return url;
    }

    /** How often any of its streams was polled so far. */
    long polls() {
        int number = ++asked;
        program.tell(Integer.toString(number));
        String start = POLLS + number + " ";
        String line = program.output().await("the number of polls", text -> text.startsWith(start));
        return Long.parseLong(line.substring(start.length()));
    }

    /** Runs the recorder until its input ends; tells the polls for each line of it. */
    public static void main(String[] arguments) throws IOException {
        int streams = Integer.parseInt(arguments[0]);
        int rows = Integer.parseInt(arguments[1]);
        try (SimulatedRecorder recorder = SimulatedRecorder.start(RecorderSetup.open());
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (int i = 0; i < streams; i++) {
                addStream(recorder, name(i), rows);
            }
            System.out.println(READY + recorder.url());
            in.lines().forEach(line -> System.out.println(POLLS + line + " " + polls(recorder, streams)));
        }
    }

    private static long polls(SimulatedRecorder recorder, int streams) {
        return IntStream.range(0, streams)
                .mapToLong(number -> recorder.requests().count("/api/detection/results/" + name(number)))
                .sum();
    }

    private static String name(int number) {
        return "camera%03d".formatted(number);
    }

    private static void addStream(SimulatedRecorder recorder, String name, int rows) {
        recorder.streams().add(SimulatedStream.running(name));
        long now = recorder.clock().second();
        for (int row = rows; row > 0; row--) {
            recorder.rows().insertFrame(new StreamName(name), now - row * APART_SECONDS, Measured.person());
        }
    }
}
