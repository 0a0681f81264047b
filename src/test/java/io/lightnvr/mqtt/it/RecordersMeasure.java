package io.lightnvr.mqtt.it;

import static io.lightnvr.mqtt.it.Measured.SMALL_FLAGS;
import static io.lightnvr.mqtt.it.Measured.cpuSeconds;
import static io.lightnvr.mqtt.it.Measured.report;
import static io.lightnvr.mqtt.it.Measured.residentMiB;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.demo.recorder.SimulatedStream;
import io.lightnvr.mqtt.event.StreamName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What each recorder beyond the first costs: {@code .ci/measure Recorders}, for less {@code -Drecorders.minutes=1}. It asserts only
 * that all events came.
 */
class RecordersMeasure {

    private static final int RECORDERS = Integer.getInteger("recorders.count", 8);
    private static final int STREAMS = Integer.getInteger("recorders.streams", 32);
    private static final int MINUTES = Integer.getInteger("recorders.minutes", 5);

    @RegisterExtension
    private final TestBed bed = new TestBed();

    private Mosquitto broker;

    private final AtomicInteger events = new AtomicInteger();

    private record Cost(double mebibytes, double percent) {}

    @Test
    @Timeout(7_200)
    void eachBeyondTheFirst() throws InterruptedException {
        broker = Measured.broker(bed, Ports.free());
        LocalSubscriber.listen(bed, broker.port(), List.of("+/detections/#"), topic -> events.incrementAndGet());
        List<SimulatedRecorder> recorders = new ArrayList<>();
        for (int i = 0; i < RECORDERS; i++) {
            SimulatedRecorder recorder = bed.recorder();
            for (int stream = 0; stream < STREAMS; stream++) {
                recorder.streams().add(SimulatedStream.running(name(stream)));
            }
            recorders.add(recorder);
        }

        Cost one = cost(recorders.subList(0, 1));
        Cost all = cost(recorders);

        tell(1, one);
        tell(RECORDERS, all);
        report(
                "each of %d beyond the first: %.1f MiB, %.2f %% of a core",
                RECORDERS - 1,
                (all.mebibytes() - one.mebibytes()) / (RECORDERS - 1),
                (all.percent() - one.percent()) / (RECORDERS - 1));
    }

    private static void tell(int recorders, Cost cost) {
        report(
                "%d recorders with %d streams: resident %.1f MiB, processor %.2f %% of a core",
                recorders, STREAMS, cost.mebibytes(), cost.percent());
    }

    /** Each stream has seen somebody once before it is quiet. */
    private Cost cost(List<SimulatedRecorder> recorders) {
        int expected = events.get() + recorders.size() * STREAMS;
        long[] asked = recorders.stream().mapToLong(RecordersMeasure::questions).toArray();
        BridgeOptions options = BridgeOptions.ofBroker(broker.port());
        for (int i = 0; i < recorders.size(); i++) {
            options.recorder("r" + i, recorders.get(i).url());
        }
        BridgeProcess bridge = BridgeProcess.start(
                bed,
                List.of(),
                SMALL_FLAGS,
                "run",
                "--config",
                options.write(bed).toString(),
                "--data",
                bed.newFolder("data-" + recorders.size()).toString());
        for (int i = 0; i < asked.length; i++) {
            SimulatedRecorder recorder = recorders.get(i);
            long before = asked[i];
            Eventually.isSo("its streams are watched", () -> questions(recorder) > before);
        }
        pause(Duration.ofSeconds(5));
        recorders.forEach(recorder -> {
            for (int stream = 0; stream < STREAMS; stream++) {
                recorder.rows()
                        .insertFrame(
                                new StreamName(name(stream)), recorder.clock().second(), Measured.person());
            }
        });
        Eventually.isSo("all events come", () -> events.get() >= expected);
        pause(Duration.ofMinutes(MINUTES - 1));
        double before = cpuSeconds(bridge.program());
        pause(Duration.ofMinutes(1));
        Cost cost = new Cost(
                residentMiB(bridge.program()),
                100
                        * (cpuSeconds(bridge.program()) - before)
                        / Duration.ofMinutes(1).toSeconds());
        assertThat(bridge.terminate()).isZero();
        return cost;
    }

    private static long questions(SimulatedRecorder recorder) {
        return recorder.requests().count("/api/detection/results/" + name(STREAMS - 1));
    }

    private static void pause(Duration time) {
        long until = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static String name(int stream) {
        return "camera_" + stream;
    }
}
