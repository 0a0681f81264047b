package io.lightnvr.mqtt.it;

import static io.lightnvr.mqtt.it.Measured.SMALL_FLAGS;
import static io.lightnvr.mqtt.it.Measured.cpuSeconds;
import static io.lightnvr.mqtt.it.Measured.percentile;
import static io.lightnvr.mqtt.it.Measured.report;
import static io.lightnvr.mqtt.it.Measured.residentMiB;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.demo.recorder.SimulatedStream;
import io.lightnvr.mqtt.event.StreamName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The figures of docs/measured.md, section "First light". Not a part of the tests: {@code .ci/measure FirstLight} runs
 * it. It asserts only that there was something to measure.
 */
class FirstLightMeasure {

    private static final int SAMPLES = 400;
    private static final int WARM_UP = 40;
    private static final int CAMERAS = 8;
    private static final int STARTS = 9;
    private static final Duration IDLE = Duration.ofSeconds(Long.getLong("idle.seconds", 300));
    private static final Duration CPU_WINDOW = Duration.ofSeconds(60);

    @RegisterExtension
    private final TestBed bed = new TestBed();

    /**
     * A row is put into the recorder at the moment in which a poll's request arrives there, before it is answered: what
     * passes until the message is at a subscriber is everything but the wait for a poll.
     */
    @Test
    @Timeout(300)
    void fromTheRowToTheSubscriberBeyondThePollsWait() throws Exception {
        SimulatedRecorder recorder = cameras(CAMERAS);
        Mosquitto broker = bed.broker();
        Map<String, Long> inserted = new ConcurrentHashMap<>();
        List<Double> millis = new ArrayList<>();
        CountDownLatch enough = new CountDownLatch(SAMPLES);
        LocalSubscriber.listen(bed, broker.port(), List.of("lightnvr/detections/#"), topic -> {
            long now = System.nanoTime();
            Long at = inserted.remove(topic.substring(topic.lastIndexOf('/') + 1));
            if (at != null) {
                millis.add((now - at) / 1e6);
                enough.countDown();
            }
        });
        BridgeProcess bridge = small(BridgeOptions.of(recorder, broker.port()));
        bridge.awaitLog("Connected to the broker");
        Eventually.isSo(
                "every camera to be watched",
                () -> recorder.requests().pathsBelow("/api/detection/results/") == CAMERAS);
        Eventually.staysSo("the first looks to end", Duration.ofSeconds(1), bridge.program()::isAlive);
        recorder.requests().addListener(path -> {
            String stream = path.substring(path.lastIndexOf('/') + 1);
            if (path.startsWith("/api/detection/results/") && !inserted.containsKey(stream)) {
                inserted.put(stream, System.nanoTime());
                recorder.rows().insert(new StreamName(stream), Measured.person());
            }
        });

        enough.await();

        List<Double> steady = millis.stream().skip(WARM_UP).sorted().toList();
        report(
                "row to subscriber, beyond the poll's wait (%d events): p50 %.1f ms, p99 %.1f ms, max %.1f ms",
                steady.size(), percentile(steady, 50), percentile(steady, 99), percentile(steady, 100));
        assertThat(steady).hasSizeGreaterThanOrEqualTo(SAMPLES - WARM_UP);
    }

    @Test
    @Timeout(300)
    void fromTheStartToTheConnack() {
        SimulatedRecorder recorder = cameras(4);
        Mosquitto broker = bed.broker();
        for (List<String> flags : List.of(List.<String>of(), SMALL_FLAGS)) {
            List<Double> millis = new ArrayList<>();
            for (int i = 0; i < STARTS; i++) {
                int before = accepted(broker).size();
                long start = System.nanoTime();
                BridgeProcess bridge = BridgeProcess.withFlags(bed, flags, BridgeOptions.of(recorder, broker.port()));
                broker.log()
                        .await("the CONNACK", before + 1, line -> line.contains("Sending CONNACK to lightnvr-mqtt"));
                millis.add((System.nanoTime() - start) / 1e6);
                bridge.terminate();
            }
            millis.sort(null);
            report(
                    "start to CONNACK with flags %s (%d starts): median %.0f ms, worst %.0f ms",
                    flags, STARTS, percentile(millis, 50), percentile(millis, 100));
            assertThat(millis).hasSize(STARTS);
        }
    }

    @Test
    @Timeout(900)
    void memoryAndProcessorTimeWhileIdleWith16Streams() {
        SimulatedRecorder recorder = cameras(16);
        Mosquitto broker = bed.broker();
        BridgeProcess bridge = small(BridgeOptions.of(recorder, broker.port()));
        bridge.awaitLog("Connected to the broker");

        Eventually.staysSo("the bridge to live", IDLE.minus(CPU_WINDOW), bridge.program()::isAlive);
        double before = cpuSeconds(bridge.program());
        Eventually.staysSo("the bridge to live", CPU_WINDOW, bridge.program()::isAlive);
        double percent = 100 * (cpuSeconds(bridge.program()) - before) / CPU_WINDOW.toSeconds();

        report(
                "idle with 16 streams after %d s: resident %.1f MiB, processor %.2f %% of a core in the last %d s",
                IDLE.toSeconds(), residentMiB(bridge.program()), percent, CPU_WINDOW.toSeconds());
        assertThat(percent).isNotNegative();
    }

    private SimulatedRecorder cameras(int count) {
        SimulatedRecorder recorder = bed.recorder();
        for (int i = 1; i <= count; i++) {
            recorder.streams().add(SimulatedStream.running("camera" + i));
        }
        return recorder;
    }

    private BridgeProcess small(BridgeOptions options) {
        return BridgeProcess.withFlags(bed, SMALL_FLAGS, options);
    }

    private static List<String> accepted(Mosquitto broker) {
        return broker.log().all(line -> line.contains("Sending CONNACK to lightnvr-mqtt"));
    }
}
