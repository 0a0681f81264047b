package io.lightnvr.mqtt.it;

import static io.lightnvr.mqtt.it.Measured.percentile;
import static io.lightnvr.mqtt.it.Measured.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import io.lightnvr.mqtt.event.StreamName;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What becomes of 20,000 waiting events when a stock Mosquitto comes back, which queues no more than 1,000 messages for
 * a subscriber that does not keep up and throws the others away. Not a part of the tests: {@code .ci/measure Recovery}
 * runs it.
 *
 * <p>Two subscribers are there before the bridge: {@code mosquitto_sub}, and a Python program that takes 1 ms for each
 * message. Meanwhile the cameras go on seeing something: the wait of such a detection is from when it is visible in the
 * recorder, so it holds the wait for the poll (up to 1 s) too.
 */
class RecoveryMeasure {

    private static final int EVENTS = Integer.getInteger("recovery.events", 20_000);
    private static final int LIVE = 20;
    private static final Duration BETWEEN_LIVE = Duration.ofMillis(1_500);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration END = Duration.ofSeconds(15);
    private static final String DOCUMENTED = "lightnvr/detections/";
    private static final String BRIDGE_STATE = "lightnvr/bridge/state";
    private static final SimulatedRow DOG = new SimulatedRow("dog", 0.8f, 0.5f, 0.5f, 0.1f, 0.1f);

    @RegisterExtension
    private final TestBed bed = new TestBed();

    @Test
    @Timeout(900)
    void subscribersOfTheDocumentedEvents() {
        measure(DOCUMENTED + "#");
    }

    @Test
    @Timeout(900)
    void subscribersOfEverything() {
        measure("lightnvr/#");
    }

    private void measure(String topicFilter) {
        Outage outage = new Outage(bed);
        LatePort port = bed.own(new LatePort());
        BridgeOptions options = BridgeOptions.of(outage.recorder(), port.port());
        outage.happen(options, EVENTS);
        outage.bridge(options);
        StoreFile.of(bed).awaitWaiting(EVENTS, PATIENCE);
        Mosquitto broker = Measured.broker(bed, Ports.free());
        Recording quick = Recording.timed(bed, broker, "quick", topicFilter, DOCUMENTED);
        Recording slow = Recording.slow(bed, broker, "slow", topicFilter, DOCUMENTED);
        Recording state = Recording.timed(bed, broker, "state", BRIDGE_STATE, BRIDGE_STATE);

        port.open(broker.port());
        quick.await(DOCUMENTED, 1, PATIENCE);
        Map<String, Double> live = seeMore(outage.recorder());
        quick.awaitOrQuiet(DOCUMENTED, EVENTS + LIVE, END);
        slow.awaitOrQuiet(DOCUMENTED, EVENTS + LIVE, END);

        report("subscribers of %s; the bridge's own word: %s", topicFilter, waiting(state));
        tell(topicFilter, "mosquitto_sub", quick, live);
        tell(topicFilter, "1 ms a message", slow, live);
        assertThat(quick.count(DOCUMENTED)).isGreaterThan(LIVE);
    }

    /** Lets one camera after the other see a dog: topic and second of each, and when it was visible. */
    private static Map<String, Double> seeMore(SimulatedRecorder recorder) {
        Map<String, Double> visible = new LinkedHashMap<>();
        List<StreamName> cameras = Outage.cameras();
        for (int i = 0; i < LIVE; i++) {
            StreamName camera = cameras.get(i % cameras.size());
            long second = recorder.clock().second();
            recorder.rows().insertFrame(camera, second, DOG);
            visible.put(DOCUMENTED + camera.raw() + " " + second, Instant.now().toEpochMilli() / 1e3);
            Eventually.staysSo("the pause", BETWEEN_LIVE, () -> true);
        }
        return visible;
    }

    private static void tell(String topicFilter, String name, Recording recording, Map<String, Double> visible) {
        List<Caught> all = recording.lines().stream()
                .filter(line -> line.startsWith(DOCUMENTED))
                .map(Caught::of)
                .toList();
        List<Caught> old = all.stream().filter(event -> !event.dog()).toList();
        List<Double> waits = all.stream()
                .filter(Caught::dog)
                .map(event -> event.at() - visible.get(event.key()))
                .sorted()
                .toList();
        report(
                "%s by %s: %d of %d waiting events reached it (%d messages) within %.1f s;"
                        + " %d of %d new detections, waiting p50 %.2f s, max %.2f s",
                topicFilter,
                name,
                old.stream().map(Caught::key).distinct().count(),
                EVENTS,
                old.size(),
                old.get(old.size() - 1).at() - old.get(0).at(),
                waits.size(),
                LIVE,
                waits.isEmpty() ? Double.NaN : percentile(waits, 50),
                waits.isEmpty() ? Double.NaN : percentile(waits, 100));
    }

    private static String waiting(Recording state) {
        return state.lines().stream()
                .map(line -> line.replaceAll(".*(\"seen\":\\d+).*(\"waiting\":\\d+).*", "$1 $2"))
                .distinct()
                .toList()
                .toString();
    }

    /** A documented event at a subscriber: its topic and second, and when it came. */
    private record Caught(String key, boolean dog, double at) {

        static Caught of(String line) {
            String topic = line.substring(0, line.indexOf(' '));
            String second = line.replaceFirst("^.*?\"timestamp\":(-?\\d+),.*$", "$1");
            double at = Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
            return new Caught(topic + " " + second, line.contains("\"label\":\"dog\""), at);
        }
    }
}
