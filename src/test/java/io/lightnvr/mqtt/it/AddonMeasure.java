package io.lightnvr.mqtt.it;

import static io.lightnvr.mqtt.it.Measured.median;
import static io.lightnvr.mqtt.it.Measured.report;
import static io.lightnvr.mqtt.it.Measured.requireNoStepBackwards;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.demo.recorder.SimulatedStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What the add-on's image needs, beside a Node program that holds one connection. Not a part of the tests: {@code
 * .ci/measure Addon} runs it.
 */
class AddonMeasure {

    private static final int STARTS = 9;
    private static final int EVENTS = 20_000;
    private static final Duration IDLE = Duration.ofSeconds(Long.getLong("idle.seconds", 600));
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final double MEGABYTE = 1e6;
    private static final String NODE_LIBRARY = "mqtt@5.16.0";

    // What docs/measured.md tells, as a multiple of what the Node program needs.
    private static final double IDLE_TOLD = 1.13;
    private static final double AFTER_EVENTS_TOLD = 1.15;
    private static final double START_TOLD = 2.7;

    @RegisterExtension
    private final TestBed bed = new TestBed();

    private AddonContainer container;

    @BeforeEach
    void makeAContainer() {
        container = AddonContainer.create(bed);
    }

    @Test
    @Timeout(300)
    void sizeOfTheImage() throws IOException {
        Path packed = bed.folder().resolve("packed");
        done("buildah", "push", "--quiet", "localhost/lightnvr-mqtt", "oci:" + packed);

        report(
                "image: compressed %.1f MB, unpacked %.1f MB, of which ours %.1f MB",
                bytes(packed) / MEGABYTE,
                bytes(container.files()) / MEGABYTE,
                bytes(container.files().resolve("opt")) / MEGABYTE);
    }

    @Test
    @Timeout(300)
    void fromTheStartToTheConnackAndToTheFirstDevice() throws IOException {
        SimulatedRecorder recorder = cameras(4);
        installNodeProgram();
        List<Double> connack = new ArrayList<>();
        List<Double> device = new ArrayList<>();
        List<Double> node = new ArrayList<>();
        for (int i = 1; i <= STARTS; i++) {
            // Each time another one, which remembers no devices.
            Mosquitto broker = bed.broker();
            container.options(options(recorder, broker));
            long start = System.nanoTime();
            Program addOn = container.start(Map.of());
            awaitLine(broker, "Sending CONNACK to lightnvr-mqtt");
            connack.add(millisSince(start));
            awaitLine(broker, "'homeassistant/device/lightnvr_mqtt_stream_camera1/config'");
            device.add(millisSince(start));
            AddonContainer.java(addOn).destroy();
            addOn.exitStatus(PATIENCE);
            long nodeStart = System.nanoTime();
            Program program = startNode(broker);
            node.add(millisSince(nodeStart));
            program.terminate();
            program.exitStatus(PATIENCE);
        }

        report(
                "start of the container (%d starts, medians): to the CONNACK %.0f ms, to the first device %.0f ms;"
                        + " Node to the CONNACK %.0f ms",
                STARTS, median(connack), median(device), median(node));
        requireNoStepBackwards("start to the CONNACK", median(connack) / median(node), START_TOLD);
    }

    @Test
    @Timeout(1800)
    void idleWith16Streams() throws IOException {
        Mosquitto broker = Measured.broker(bed, Ports.free());
        container.options(options(cameras(Outage.CAMERAS), broker));
        Program node = node(broker);
        Program addOn = container.start(Map.of());
        addOn.errors().await("the connection", line -> line.contains("Connected to the broker"));
        ProcessHandle java = AddonContainer.java(addOn);
        double before = Measured.cpuSeconds(java.pid());

        Eventually.staysSo("the add-on to live", IDLE, addOn::isAlive);

        double resident = Measured.residentMiB(java.pid());
        double nodeResident = Measured.residentMiB(node);
        report(
                "idle with 16 streams for %d s: resident %.1f MiB, processor %.2f %% of a core; Node %.1f MiB",
                IDLE.toSeconds(),
                resident,
                100 * (Measured.cpuSeconds(java.pid()) - before) / IDLE.toSeconds(),
                nodeResident);
        requireNoStepBackwards("memory, idle", resident / nodeResident, IDLE_TOLD);
    }

    @Test
    @Timeout(1800)
    void after20000Events() throws IOException {
        Outage outage = new Outage(bed);
        Mosquitto broker = Measured.broker(bed, Ports.free(), "max_queued_messages 0");
        outage.happen(BridgeOptions.of(outage.recorder(), broker.port()), EVENTS);
        for (Path file : filesOf(bed.folder(), "lightnvr-mqtt.db")) {
            Files.copy(file, container.data().resolve(file.getFileName()));
        }
        container.options(options(outage.recorder(), broker));
        Recording state = Recording.quick(bed, broker, "state", "lightnvr/bridge/state", "lightnvr/");
        Program node = node(broker);

        Program addOn = container.start(Map.of());
        boolean all = Eventually.within(
                PATIENCE,
                () -> state.lines().stream().anyMatch(line -> line.contains("\"published\":" + EVENTS + ",")));
        node.tell(Integer.toString(EVENTS));
        node.output().await("the end", "done"::equals);

        assertThat(all).isTrue();
        double resident = Measured.residentMiB(AddonContainer.java(addOn).pid());
        double nodeResident = Measured.residentMiB(node);
        report("after %d events: resident %.1f MiB; Node %.1f MiB", EVENTS, resident, nodeResident);
        requireNoStepBackwards("memory after events", resident / nodeResident, AFTER_EVENTS_TOLD);
    }

    private SimulatedRecorder cameras(int count) {
        SimulatedRecorder recorder = bed.recorder();
        for (int i = 1; i <= count; i++) {
            recorder.streams().add(SimulatedStream.running("camera" + i));
        }
        return recorder;
    }

    private static String options(SimulatedRecorder recorder, Mosquitto broker) {
        return "{\"nvr\":{\"url\":\"%s\"},\"mqtt\":{\"broker_host\":\"localhost\",\"broker_port\":%d}}"
                .formatted(recorder.url(), broker.port());
    }

    private static void awaitLine(Mosquitto broker, String text) {
        broker.log().await(text, line -> line.contains(text));
    }

    private static double millisSince(long start) {
        return (System.nanoTime() - start) / 1e6;
    }

    private Program node(Mosquitto broker) throws IOException {
        installNodeProgram();
        return startNode(broker);
    }

    private void installNodeProgram() throws IOException {
        try (InputStream in = AddonMeasure.class.getResourceAsStream("one_connection.js")) {
            Files.copy(in, nodeProgram());
        }
        done("npm", "install", "--silent", "--no-audit", NODE_LIBRARY);
    }

    private Path nodeProgram() {
        return bed.folder().resolve("one_connection.js");
    }

    private Program startNode(Mosquitto broker) {
        Program node = bed.program(
                "node", Map.of(), List.of("node", nodeProgram().toString(), Integer.toString(broker.port())));
        node.output().await("its connection", "connected"::equals);
        return node;
    }

    private void done(String... command) {
        assertThat(bed.program(command[0], Map.of(), List.of(command)).exitStatus(PATIENCE))
                .isZero();
    }

    private static List<Path> filesOf(Path folder, String start) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(start))
                    .toList();
        }
    }

    private static long bytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
