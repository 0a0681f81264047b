package io.lightnvr.mqtt.it;

import static io.lightnvr.mqtt.it.Measured.SMALL_FLAGS;
import static io.lightnvr.mqtt.it.Measured.cpuSeconds;
import static io.lightnvr.mqtt.it.Measured.peakMiB;
import static io.lightnvr.mqtt.it.Measured.percentile;
import static io.lightnvr.mqtt.it.Measured.report;
import static io.lightnvr.mqtt.it.Measured.residentMiB;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.Generation;
import io.lightnvr.mqtt.demo.recorder.RecorderSetup;
import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.demo.recorder.SimulatedStream;
import io.lightnvr.mqtt.event.StreamName;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Many streams, each of which sees something every few seconds: {@code .ci/measure Streams}, for less {@code
 * -Dstreams.count=64 -Dstreams.minutes=5}. It asserts only that everything came.
 */
class StreamsMeasure {

    private static final int STREAMS = Integer.getInteger("streams.count", 256);
    private static final int EVENTS_PER_SECOND = Integer.getInteger("streams.events", 100);
    private static final int MINUTES = Integer.getInteger("streams.minutes", 30);
    private static final long STEP_NANOS = Duration.ofSeconds(1).toNanos() / EVENTS_PER_SECOND;
    private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int WARM_UP_MINUTES = 1;

    @RegisterExtension
    private final TestBed bed = new TestBed();

    private final Map<String, Long> stored = new ConcurrentHashMap<>();
    private final List<Double> waits = Collections.synchronizedList(new ArrayList<>());
    private final List<Double> answers = new ArrayList<>();

    @Test
    @Timeout(7_200)
    void manyStreamsThatSeeSomethingAllTheTime() throws Exception {
        SimulatedRecorder recorder = bed.recorder(RecorderSetup.open().of(Generation.V0_47));
        for (int i = 0; i < STREAMS; i++) {
            recorder.streams().add(SimulatedStream.running(name(i)));
        }
        Mosquitto broker = Measured.broker(bed, Ports.free(), "max_queued_messages 0");
        PublishingRecorder.start(bed, recorder, broker.port());
        LocalSubscriber.listen(bed, broker.port(), List.of("lightnvr/detections/#"), this::received);
        BridgeProcess bridge = BridgeProcess.withFlags(
                bed,
                SMALL_FLAGS,
                BridgeOptions.of(recorder, broker.port()).nvr("topic_prefix", PublishingRecorder.PREFIX));
        bridge.awaitLog("Listening to the recorder's events");

        see(recorder, WARM_UP_MINUTES);
        Eventually.isSo("the last one of the warm-up comes", stored::isEmpty);
        waits.clear();
        answers.clear();
        double cpu = cpuSeconds(bridge.program());
        int seen = 0;
        for (int minute = 1; minute <= MINUTES; minute++) {
            seen += see(recorder, 1);
            if (minute % 5 == 0 || minute == MINUTES) {
                report(
                        "after %d min: resident %.1f MiB, at most %.1f MiB so far",
                        minute, residentMiB(bridge.program()), peakMiB(bridge.program()));
            }
        }
        Eventually.isSo("the last one comes", stored::isEmpty);

        report(
                "%d streams, %d events seen and %d received in %d min; processor %.1f %% of a core",
                STREAMS, seen, waits.size(), MINUTES, 100 * (cpuSeconds(bridge.program()) - cpu) / (60.0 * MINUTES));
        tell("row to subscriber", waits);
        tell("the recorder's answer to others", answers);
        assertThat(waits).hasSize(seen);
        assertThat(bridge.program().isAlive()).isTrue();
    }

    /** One stream after the other sees somebody; once a second another client asks the recorder for its health. */
    private int see(SimulatedRecorder recorder, int minutes) throws IOException, InterruptedException {
        HttpClient other = HttpClient.newHttpClient();
        HttpRequest health = HttpRequest.newBuilder(URI.create(recorder.url() + "/api/health"))
                .build();
        long begun = System.nanoTime();
        long end = begun + Duration.ofMinutes(minutes).toNanos();
        long askAt = begun;
        int seen = 0;
        for (long at = begun; at < end; at += STEP_NANOS) {
            LockSupport.parkNanos(at - System.nanoTime());
            String name = name(seen % STREAMS);
            if (stored.putIfAbsent(name, System.nanoTime()) == null) {
                recorder.rows()
                        .insertFrame(new StreamName(name), recorder.clock().second(), Measured.person());
                seen++;
            }
            if (at >= askAt) {
                askAt += SECOND_NANOS;
                long asked = System.nanoTime();
                other.send(health, HttpResponse.BodyHandlers.discarding());
                answers.add((System.nanoTime() - asked) / 1e6);
            }
        }
        return seen;
    }

    private void received(String topic) {
        Long at = stored.remove(topic.substring(topic.lastIndexOf('/') + 1));
        if (at != null) {
            waits.add((System.nanoTime() - at) / 1e6);
        }
    }

    private static void tell(String what, List<Double> millis) {
        List<Double> sorted = millis.stream().sorted().toList();
        report(
                "%s: p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, max %.1f ms",
                what, percentile(sorted, 50), percentile(sorted, 95), percentile(sorted, 99), percentile(sorted, 100));
    }

    private static String name(int index) {
        return "camera%03d".formatted(index);
    }
}
