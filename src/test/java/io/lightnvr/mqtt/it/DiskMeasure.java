package io.lightnvr.mqtt.it;

import static io.lightnvr.mqtt.it.Measured.SMALL_FLAGS;
import static io.lightnvr.mqtt.it.Measured.bytesWritten;
import static io.lightnvr.mqtt.it.Measured.median;
import static io.lightnvr.mqtt.it.Measured.report;

import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The bytes that the bridge writes to the disk, with the flags of a small machine: {@code .ci/measure Disk}. {@code
 * -Ddisk.jars=OLD:NEW} compares jars: of the same recorder in the same minutes, and by floods that take turns. The folder for
 * temporary files must not be in memory, where nothing counts. It asserts only that all messages came.
 */
class DiskMeasure {

    /** Each sees one person: a detection, the report of its visit and the event of that. */
    private static final int PEOPLE = Integer.getInteger("disk.people", 60);

    private static final Duration APART = Duration.ofSeconds(1);

    /** Longer than all people take to come. */
    private static final Duration CLEAR_AFTER = APART.multipliedBy(PEOPLE + 15);

    private static final Duration SETTLING = CLEAR_AFTER.plusSeconds(15);
    private static final Duration IDLE = Duration.ofSeconds(Integer.getInteger("disk.idle", 120));
    private static final int WARM_UP = 4_800;
    private static final int EVENTS = Integer.getInteger("disk.events", 40_000);
    private static final int ROUNDS = Integer.getInteger("disk.rounds", 3);
    private static final int MOST_WAITING = 5_000;

    @RegisterExtension
    private final TestBed bed = new TestBed();

    private final List<Path> jars = ComparedJars.named("disk.jars");

    private Mosquitto broker;

    /** A bridge, and what a subscriber hears of it. */
    private record Run(String name, BridgeProcess bridge, Recording heard) {

        long bytes() {
            return bytesWritten(bridge.program());
        }

        String detections() {
            return name + "/detections/";
        }

        String visits() {
            return name + "/visits/";
        }
    }

    @Test
    @Timeout(1_800)
    void bytesOfVisitsAndOfAnIdleHour() {
        broker = Measured.broker(bed, Ports.free());
        SimulatedRecorder recorder = bed.recorder();
        List<Camera> cameras = IntStream.range(0, PEOPLE)
                .mapToObj(number -> Camera.of(recorder, "camera_" + number))
                .toList();
        List<Run> runs = new ArrayList<>();
        for (Path jar : jars) {
            String name = "bridge" + runs.size();
            BridgeOptions options = BridgeOptions.of(recorder, broker.port())
                    // No visit ends meanwhile.
                    .homeAssistant("clear_after", CLEAR_AFTER.toSeconds());
            cameras.forEach(Camera::expectAnotherBridge);
            BridgeProcess bridge = ComparedJars.run(bed, jar, name, SMALL_FLAGS, options);
            cameras.forEach(Camera::awaitWatched);
            Run run = new Run(
                    name,
                    bridge,
                    Recording.quick(bed, broker, "of-" + name, name + "/#", name + "/detections/", name + "/visits/"));
            runs.add(run);
        }
        pass(runs, APART.multipliedBy(5));

        Map<String, Long> before = bytes(runs);
        for (Camera camera : cameras) {
            camera.sees(Measured.person());
            pass(runs, APART);
        }
        for (Run run : runs) {
            run.heard().await(run.detections(), PEOPLE, Arrivals.PATIENCE);
            run.heard().await(run.visits(), PEOPLE, Arrivals.PATIENCE);
        }
        for (Run run : runs) {
            report(
                    "%s: %d bytes for a detection with its visit",
                    run.name(), (run.bytes() - before.get(run.name())) / PEOPLE);
        }

        pass(runs, SETTLING);
        before = bytes(runs);
        pass(runs, IDLE);
        for (Run run : runs) {
            report(
                    "%s: %d KiB in an idle hour",
                    run.name(),
                    (run.bytes() - before.get(run.name()))
                            / 1_024
                            * Duration.ofHours(1).toSeconds()
                            / IDLE.toSeconds());
        }
    }

    @Test
    @Timeout(1_800)
    void bytesAndTimeOfAFlood() {
        broker = Measured.broker(bed, Ports.free(), "max_queued_messages 0");
        Map<Path, List<Double>> rates = new HashMap<>();
        for (int round = 1; round <= ROUNDS; round++) {
            for (Path jar : jars) {
                rates.computeIfAbsent(jar, any -> new ArrayList<>()).add(flood(jar));
            }
        }
        for (Path jar : jars) {
            report("%s: median of %d floods %.0f events/s", jar, ROUNDS, median(rates.get(jar)));
        }
    }

    /** Events per second. */
    private double flood(Path jar) {
        FloodBridge bridge = FloodBridge.startJar(bed, jar, SMALL_FLAGS, broker.port(), MOST_WAITING);
        bridge.offer(WARM_UP);
        bridge.awaitDelivered(WARM_UP);
        long before = bytesWritten(bridge.program());
        double cpuBefore = Measured.cpuSeconds(bridge.program());
        long start = System.nanoTime();
        bridge.offer(EVENTS);
        bridge.awaitDelivered(WARM_UP + EVENTS);
        double seconds = (System.nanoTime() - start) / 1e9;
        report(
                "%s: in a flood %d bytes for an event, %.0f events/s, %.0f us of the processor for each",
                jar,
                (bytesWritten(bridge.program()) - before) / EVENTS,
                EVENTS / seconds,
                1e6 * (Measured.cpuSeconds(bridge.program()) - cpuBefore) / EVENTS);
        bridge.stop();
        return EVENTS / seconds;
    }

    private static Map<String, Long> bytes(List<Run> runs) {
        Map<String, Long> bytes = new HashMap<>();
        runs.forEach(run -> bytes.put(run.name(), run.bytes()));
        return bytes;
    }

    private static void pass(List<Run> runs, Duration time) {
        Eventually.staysSo(
                "the bridges run",
                time,
                () -> runs.stream().allMatch(run -> run.bridge().program().isAlive()));
    }
}
