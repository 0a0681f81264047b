package io.lightnvr.mqtt.it;

import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import io.lightnvr.mqtt.demo.recorder.SimulatedStream;
import io.lightnvr.mqtt.event.StreamName;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A bridge that was away while 16 cameras saw something in every second, each second an event of one row: after it
 * everything is caught up, which fills the store with waiting events.
 */
final class Outage {

    static final int CAMERAS = 16;

    private static final String STORE = "lightnvr-mqtt.db";
    private static final double BYTES_PER_MIB = 1 << 20;
    private static final String RESULTS = "/api/detection/results/";
    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final Duration TO_SPARE = Duration.ofMinutes(1);
    private static final SimulatedRow PERSON = new SimulatedRow("person", 0.9f, 0.1f, 0.2f, 0.3f, 0.4f);

    private final TestBed bed;
    private final SimulatedRecorder recorder;

    Outage(TestBed bed) {
        this.bed = bed;
        this.recorder = bed.recorder();
        cameras().forEach(camera -> recorder.streams().add(SimulatedStream.running(camera.raw())));
    }

    static List<StreamName> cameras() {
        return IntStream.rangeClosed(1, CAMERAS)
                .mapToObj(number -> new StreamName("camera" + number))
                .toList();
    }

    SimulatedRecorder recorder() {
        return recorder;
    }

    /**
     * Lets a bridge get to know the cameras, ends it, and lets something happen.
     *
     * @param options of all bridges
     * @param events how many, of all cameras together
     */
    void happen(BridgeOptions options, int events) {
        int seconds = events / CAMERAS;
        recorder.clock().setOffset(TO_SPARE.plusSeconds(seconds).negated());
        BridgeProcess bridge = bridge(options);
        Eventually.isSo("every camera to be watched", () -> recorder.requests().pathsBelow(RESULTS) == CAMERAS);
        Eventually.staysSo("the first looks to end", QUIET, bridge.program()::isAlive);
        bridge.terminate();
        recorder.clock().setOffset(Duration.ZERO);
        long last = recorder.clock().second() - 1;
        for (StreamName camera : cameras()) {
            for (long second = last - seconds + 1; second <= last; second++) {
                recorder.rows().insertFrame(camera, second, PERSON);
            }
        }
    }

    /** Starts a bridge with the flags of a small machine; what it keeps is beside its options. */
    BridgeProcess bridge(BridgeOptions options) {
        return BridgeProcess.withFlags(bed, Measured.SMALL_FLAGS, options);
    }

    /** How large the bridge's files are together. */
    double filesMiB() {
        try (Stream<Path> files = Files.list(bed.folder())) {
            return files.map(Path::toFile)
                            .filter(file -> file.getName().startsWith(STORE))
                            .mapToLong(File::length)
                            .sum()
                    / BYTES_PER_MIB;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
