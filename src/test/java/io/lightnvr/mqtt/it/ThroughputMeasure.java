package io.lightnvr.mqtt.it;

import static io.lightnvr.mqtt.it.Measured.SMALL_FLAGS;
import static io.lightnvr.mqtt.it.Measured.median;
import static io.lightnvr.mqtt.it.Measured.report;
import static io.lightnvr.mqtt.it.Measured.requireNoStepBackwards;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.publish.DetectionPayload;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * How fast the bridge is where the recorder is not what limits it, against {@code mosquitto_pub -l -q 1} with the same
 * documented messages in the same run. Not a part of the tests: {@code .ci/measure Throughput} runs it.
 *
 * <p>Both publish to one broker with its defaults (but for its queue, which is unlimited); one {@code mosquitto_sub}
 * writes all that comes to a file. The bridge runs twice a round: heard by a subscriber of the documented events, which
 * is what existing automations are, and by one of everything, which counts the enriched events and the states too. Each
 * run begins a new process, warms it up with 4,800 events, and then takes the time from when it is told to go on until
 * the last line is in the file. So neither the start of a process nor its connecting is part of it, but much of a young
 * JVM's slowness is.
 */
class ThroughputMeasure {

    private static final int WARM_UP = 4_800;
    private static final int EVENTS = Integer.getInteger("throughput.events", 50_000);
    private static final int ROUNDS = Integer.getInteger("throughput.rounds", 3);
    private static final int MOST_WAITING = Integer.getInteger("throughput.waiting", 5_000);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String DOCUMENTED = "lightnvr/detections/";
    private static final String EVERYTHING = "lightnvr/";

    /** What docs/measured.md tells: the messages of mosquitto_pub for each of the bridge's, enriched ones too. */
    private static final double PUB_TOLD = 1 / 0.23;

    @RegisterExtension
    private final TestBed bed = new TestBed();

    private Mosquitto broker;

    @BeforeEach
    void startABroker() {
        broker = Measured.broker(bed, Ports.free(), "max_queued_messages 0");
    }

    @Test
    @Timeout(1200)
    void messagesPerSecondAgainstMosquittoPub() throws IOException {
        Path warmUp = lines("warm-up.txt", 0, WARM_UP);
        Path flood = lines("flood.txt", WARM_UP, EVENTS);
        List<Double> yardstick = new ArrayList<>();
        List<Double> documented = new ArrayList<>();
        List<Double> all = new ArrayList<>();
        for (int round = 1; round <= ROUNDS; round++) {
            yardstick.add(mosquittoPub("pub-" + round, warmUp, flood));
            documented.add(bridge("documented-" + round, DOCUMENTED));
            all.add(bridge("everything-" + round, EVERYTHING));
        }
        double unit = median(yardstick);
        report(
                "median of %d rounds, %d events of %d bytes: mosquitto_pub %.0f messages/s;"
                        + " the bridge %.0f documented/s (ratio %.2f), %.0f/s with the enriched ones beside them (ratio"
                        + " %.2f); heard by a subscriber of everything, %.0f of all kinds/s (ratio %.2f)",
                ROUNDS,
                EVENTS,
                Files.size(flood) / EVENTS - 1,
                unit,
                median(documented),
                median(documented) / unit,
                2 * median(documented),
                2 * median(documented) / unit,
                median(all),
                median(all) / unit);
        requireNoStepBackwards("throughput of mosquitto_pub", unit / (2 * median(documented)), PUB_TOLD);
    }

    /** Documented messages per second. */
    private double mosquittoPub(String id, Path warmUp, Path flood) throws IOException {
        try (Recording recording = record(id, DOCUMENTED)) {
            String feed = "{ cat %s; read go; exec cat %s; } | exec mosquitto_pub -l -q 1 -h localhost -p %d -t %s"
                    .formatted(warmUp, flood, broker.port(), DOCUMENTED + "camera_01");
            Program publisher = bed.program("mosquitto_pub", Map.of(), List.of("sh", "-c", feed));
            recording.await(DOCUMENTED, WARM_UP, PATIENCE);
            long start = System.nanoTime();
            publisher.tell("go");
            recording.await(DOCUMENTED, WARM_UP + EVENTS, PATIENCE);
            double rate = EVENTS / secondsSince(start);
            report("%s: %.0f/s", id, rate);
            return rate;
        }
    }

    /** Messages per second that a subscriber of all that begins with something hears. */
    private double bridge(String id, String kind) throws IOException {
        try (Recording recording = record(id, kind)) {
            FloodBridge bridge = FloodBridge.start(bed, flags(id), broker.port(), MOST_WAITING);
            bridge.offer(WARM_UP);
            bridge.awaitDelivered(WARM_UP);
            recording.await(DOCUMENTED, WARM_UP, PATIENCE);
            int before = recording.count(kind);
            double cpuBefore = Measured.cpuSeconds(bridge.program());
            long start = System.nanoTime();
            bridge.offer(EVENTS);
            recording.await(DOCUMENTED, WARM_UP + EVENTS, PATIENCE);
            double seconds = secondsSince(start);
            int heard = recording.count(kind) - before;
            report(
                    "%s: %.0f events/s, heard %.0f messages/s; processor %.0f us an event; resident %.1f MiB",
                    id,
                    EVENTS / seconds,
                    heard / seconds,
                    1e6 * (Measured.cpuSeconds(bridge.program()) - cpuBefore) / EVENTS,
                    Measured.residentMiB(bridge.program()));
            bridge.awaitDelivered(WARM_UP + EVENTS);
            bridge.stop();
            return heard / seconds;
        }
    }

    private Recording record(String id, String kind) {
        return Recording.quick(bed, broker, id, kind + "#", DOCUMENTED, EVERYTHING);
    }

    /** With {@code -Dthroughput.profile=FOLDER} each run leaves there what the flight recorder saw. */
    private static List<String> flags(String id) {
        List<String> flags = new ArrayList<>(SMALL_FLAGS);
        String folder = System.getProperty("throughput.profile");
        if (folder != null) {
            flags.add("-XX:StartFlightRecording:settings=profile,filename=%s/%s.jfr".formatted(folder, id));
        }
        return flags;
    }

    /** The documented payloads of events as mosquitto_pub reads them. */
    private Path lines(String name, int from, int events) throws IOException {
        Path file = bed.folder().resolve(name);
        int streams = Flood.streams().size();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (int place = from / streams; place < (from + events) / streams; place++) {
                for (StreamName stream : Flood.streams()) {
                    out.write(DetectionPayload.bytes(Flood.event(stream, place, Instant.EPOCH)));
                    out.write('\n');
                }
            }
        }
        return file;
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
