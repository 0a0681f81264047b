package io.lightnvr.mqtt.it;

import static io.lightnvr.mqtt.it.Measured.SMALL_FLAGS;
import static io.lightnvr.mqtt.it.Measured.cpuSeconds;
import static io.lightnvr.mqtt.it.Measured.percentile;
import static io.lightnvr.mqtt.it.Measured.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.Generation;
import io.lightnvr.mqtt.demo.recorder.RecorderSetup;
import io.lightnvr.mqtt.demo.recorder.SimulatedEvents;
import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.demo.recorder.SimulatedStream;
import io.lightnvr.mqtt.event.StreamName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The figures of docs/measured.md, section "Heard". Not a part of the tests: {@code .ci/measure Heard} runs it. It asserts only
 * that there was something to measure.
 */
class HeardMeasure {

    private static final int SAMPLES = 1_000;
    private static final int WARM_UP = 100;
    private static final int CAMERAS = 8;
    private static final int STREAMS = 16;
    private static final int MANY = 256;
    private static final Duration POLLED = Duration.ofSeconds(Long.getLong("polled.seconds", 120));
    private static final double LOG_BYTES = 457;

    @RegisterExtension
    private final TestBed bed = new TestBed();

    /** Half of the cameras see something about once a second, the others every few seconds. */
    @Test
    @Timeout(900)
    void fromTheRowToTheSubscriberBesideTheRecordersOwnPublisher() throws Exception {
        SimulatedRecorder recorder = cameras(Generation.V0_47, CAMERAS);
        Mosquitto broker = Measured.broker(bed, Ports.free());
        PublishingRecorder.start(bed, recorder, broker.port());
        measure("heard", recorder, broker, "nvr/v1/events/");
    }

    @Test
    @Timeout(900)
    void fromTheRowToTheSubscriberByTheDoorbell() throws Exception {
        SimulatedRecorder recorder = cameras(Generation.V0_37, CAMERAS);
        Mosquitto broker = Measured.broker(bed, Ports.free());
        SimulatedEvents events = PublishingRecorder.start(bed, recorder, broker.port());
        events.setOldTopic(Duration.ZERO);
        measure("rung for", recorder, broker, "nvr/detections/");
    }

    /** Polls in the same time with and without events; each is 457 bytes of the recorder's log. */
    @Test
    @Timeout(900)
    void pollsAndProcessorTimeWhileSixteenStreamsAreQuietOrActive() throws Exception {
        for (Generation generation : List.of(Generation.V0_37, Generation.V0_47)) {
            SimulatedRecorder recorder = cameras(generation, STREAMS);
            BridgeProcess bridge = quiet(recorder, STREAMS);
            tell(generation + ", 16 streams, quiet", recorder, bridge, 0);
            tell(generation + ", 16 streams, active", recorder, bridge, STREAMS);
            bridge.terminate();
        }
    }

    @Test
    @Timeout(900)
    void pollsAndProcessorTimeWhile256StreamsAreHeardAndQuiet() throws Exception {
        SimulatedRecorder recorder = cameras(Generation.V0_47, MANY);
        tell(MANY + " streams, heard, quiet", recorder, quiet(recorder, MANY), 0);
    }

    /** A bridge whose streams have seen something and are quiet since. */
    private BridgeProcess quiet(SimulatedRecorder recorder, int streams) throws Exception {
        Mosquitto broker = Measured.broker(bed, Ports.free());
        PublishingRecorder.start(bed, recorder, broker.port());
        BridgeProcess bridge = run(recorder, broker);
        for (int i = 0; i < Math.max(40, streams); i++) { // more than a stream needs to be trusted
            sees(recorder, 1 + i % streams);
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        Eventually.staysSo("the streams become quiet", Duration.ofSeconds(75), bridge.program()::isAlive);
        return bridge;
    }

    /** @param active how many of the streams see something each second */
    private void tell(String what, SimulatedRecorder recorder, BridgeProcess bridge, int active) {
        double cpu = cpuSeconds(bridge.program());
        long before = polls(recorder);
        long end = System.nanoTime() + POLLED.toNanos();
        while (System.nanoTime() - end < 0) {
            for (int camera = 1; camera <= active; camera++) {
                sees(recorder, camera);
            }
            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
        }
        double polls = (double) (polls(recorder) - before) / POLLED.toSeconds() * 3_600;
        report(
                "%s: %.0f polls an hour, %.1f MB of the recorder's log; processor %.2f %% of a core",
                what, polls, polls * LOG_BYTES / 1e6, 100 * (cpuSeconds(bridge.program()) - cpu) / POLLED.toSeconds());
        assertThat(polls).isPositive();
    }

    private static long polls(SimulatedRecorder recorder) {
        long all = 0;
        for (int camera = 1; camera <= STREAMS; camera++) {
            all += recorder.requests().count("/api/detection/results/camera" + camera);
        }
        return all;
    }

    private void measure(String how, SimulatedRecorder recorder, Mosquitto broker, String recordersTopic)
            throws InterruptedException {
        Map<String, Long> stored = new ConcurrentHashMap<>();
        Map<String, Long> storedForOwn = new ConcurrentHashMap<>();
        Map<String, String> names = new ConcurrentHashMap<>();
        for (int camera = 1; camera <= CAMERAS; camera++) {
            String name = "camera" + camera;
            names.put(name, name);
            names.put(recorder.streams().uuid(new StreamName(name)), name);
        }
        List<Double> bridged = Collections.synchronizedList(new ArrayList<>());
        List<Double> own = Collections.synchronizedList(new ArrayList<>());
        LocalSubscriber.listen(bed, broker.port(), List.of("lightnvr/detections/#", recordersTopic + "#"), topic -> {
            long now = System.nanoTime();
            String name = names.get(topic.substring(topic.lastIndexOf('/') + 1));
            boolean isOwn = topic.startsWith(recordersTopic);
            Long at = name == null ? null : (isOwn ? storedForOwn : stored).remove(name);
            if (at != null) {
                (isOwn ? own : bridged).add((now - at) / 1e6);
            }
        });
        BridgeProcess bridge = run(recorder, broker);
        Random random = new Random(1);
        for (int i = 0; i < SAMPLES + WARM_UP; i++) {
            int camera = random.nextInt(10) < 9 ? 1 + random.nextInt(CAMERAS / 2) : 1 + random.nextInt(CAMERAS);
            String name = "camera" + camera;
            long now = System.nanoTime();
            if (!stored.containsKey(name)) {
                stored.put(name, now);
                storedForOwn.put(name, now);
                sees(recorder, camera);
            }
            LockSupport.parkNanos(Duration.ofMillis(150 + random.nextInt(100)).toNanos());
        }
        Eventually.isSo("the last one comes", stored::isEmpty);
        assertThat(bridge.program().isAlive()).isTrue();
        tell(how + ", bridge", bridged);
        tell(how + ", the recorder's own publisher", own);
    }

    private static void tell(String what, List<Double> millis) {
        List<Double> steady = millis.stream().skip(WARM_UP).sorted().toList();
        report(
                "row to subscriber, %s (%d events): p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, max %.1f ms",
                what,
                steady.size(),
                percentile(steady, 50),
                percentile(steady, 95),
                percentile(steady, 99),
                percentile(steady, 100));
        assertThat(steady).isNotEmpty();
    }

    private BridgeProcess run(SimulatedRecorder recorder, Mosquitto broker) {
        BridgeProcess bridge = BridgeProcess.withFlags(
                bed,
                SMALL_FLAGS,
                BridgeOptions.of(recorder, broker.port()).nvr("topic_prefix", PublishingRecorder.PREFIX));
        bridge.awaitLog("Listening to the recorder's events");
        bridge.awaitLog("Connected to the broker");
        Eventually.staysSo("the first looks to end", Duration.ofSeconds(2), bridge.program()::isAlive);
        return bridge;
    }

    private static void sees(SimulatedRecorder recorder, int camera) {
        recorder.rows()
                .insertFrame(new StreamName("camera" + camera), recorder.clock().second(), Measured.person());
    }

    private SimulatedRecorder cameras(Generation generation, int count) {
        SimulatedRecorder recorder = bed.recorder(RecorderSetup.open().of(generation));
        for (int i = 1; i <= count; i++) {
            recorder.streams().add(SimulatedStream.running("camera" + i));
        }
        return recorder;
    }
}
