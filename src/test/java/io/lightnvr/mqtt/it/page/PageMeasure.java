package io.lightnvr.mqtt.it.page;

import static io.lightnvr.mqtt.it.Measured.cpuSeconds;
import static io.lightnvr.mqtt.it.Measured.percentile;
import static io.lightnvr.mqtt.it.Measured.report;
import static io.lightnvr.mqtt.it.Measured.residentMiB;

import io.lightnvr.mqtt.demo.recorder.Generation;
import io.lightnvr.mqtt.demo.recorder.RecorderSetup;
import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.it.BridgeOptions;
import io.lightnvr.mqtt.it.BridgeProcess;
import io.lightnvr.mqtt.it.Camera;
import io.lightnvr.mqtt.it.Eventually;
import io.lightnvr.mqtt.it.LocalSubscriber;
import io.lightnvr.mqtt.it.Measured;
import io.lightnvr.mqtt.it.Mosquitto;
import io.lightnvr.mqtt.it.Ports;
import io.lightnvr.mqtt.it.Program;
import io.lightnvr.mqtt.it.PublishingRecorder;
import io.lightnvr.mqtt.it.TestBed;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the page costs and how soon it shows something. Not a part of the tests: {@code .ci/measure Page} runs it. */
class PageMeasure {

    private static final int SECONDS = Integer.getInteger("page.seconds", 60);
    private static final int WARM_UP_SECONDS = 20;
    private static final int STREAMS = 4;
    private static final long STEP_NANOS = Duration.ofMillis(100).toNanos();
    private static final int EVENTS = 100;
    private static final int LOADS = 9;

    /** Tells when a box has been painted: after the frame in which it was drawn. */
    private static final String WATCH = """
            window.painted = [];
            const after = new MessageChannel();
            after.port1.onmessage = () => painted.push(Date.now());
            new MutationObserver(() => requestAnimationFrame(() => after.port2.postMessage(0)))
                .observe(document.querySelector('.tile .boxes'), {childList: true});""";

    @RegisterExtension
    static final Chromium BROWSER = new Chromium();

    @RegisterExtension
    final TestBed bed = new TestBed();

    private SimulatedRecorder recorder;
    private Mosquitto broker;
    private final int port = Ports.free();
    private final String url = "http://127.0.0.1:" + port + "/";
    private final List<InputStream> listeners = new ArrayList<>();

    @Test
    void costsWithNobodyOneAndTwentyLooking() throws IOException, InterruptedException {
        recorder();
        for (int i = 0; i < STREAMS; i++) {
            Camera.of(recorder, name(i));
        }
        BridgeOptions options = options();
        BridgeProcess without = start(options);
        tell("without a page", without.program());
        without.terminate();

        BridgeProcess bare = start(options.with("web", "port", port).with("web", "history", 0));
        tell("nobody looks, and no pictures are kept", bare.program());
        bare.terminate();

        Program bridge = start(options.with("web", "history", 20)).program();
        Map<String, Long> before = wakes(bridge);
        tell("nobody looks", bridge);
        wakes(bridge)
                .forEach((thread, times) -> report(
                        "%s woke %.2f times a second",
                        thread, (times - before.getOrDefault(thread, 0L)) / (double) (WARM_UP_SECONDS + SECONDS)));
        BROWSER.open(url).await(".tile .box");
        tell("one looks", bridge);
        for (int i = 1; i < 20; i++) {
            listeners.add(listen());
        }
        tell("twenty look", bridge);
        for (InputStream listener : listeners) {
            listener.close();
        }
    }

    @Test
    void isQuick() throws InterruptedException {
        recorder();
        Camera camera = Camera.of(recorder, "front_door");
        LinkedBlockingQueue<Long> published = new LinkedBlockingQueue<>();
        LocalSubscriber.listen(
                bed,
                broker.port(),
                List.of("lightnvr/detections/#"),
                topic -> published.add(System.currentTimeMillis()));
        start(options().with("web", "port", port));
        camera.awaitWatched();
        List<Double> paints = new ArrayList<>();
        for (int i = 0; i < LOADS; i++) {
            BROWSER.open("about:blank").open(url).await(".tile").await("the first paint", "return " + paint() + " > 0");
            paints.add(((Number) BROWSER.run("return " + paint())).doubleValue());
        }
        tell("first paint (%d loads)".formatted(LOADS), paints);

        List<Double> waits = new ArrayList<>();
        BROWSER.run(WATCH);
        for (int i = 0; i < EVENTS; i++) {
            BROWSER.run("painted.length = 0");
            long second = recorder.clock().second();
            camera.sees(Measured.person());
            long at = Optional.ofNullable(published.poll(1, TimeUnit.MINUTES)).orElseThrow();
            BROWSER.await("the box", "return painted.length > 0");
            waits.add(((Number) BROWSER.run("return painted[0]")).doubleValue() - at);
            Eventually.isSo("the next second", () -> recorder.clock().second() > second);
        }
        tell("message at a subscriber to pixel (%d events)".formatted(EVENTS), waits);
    }

    private static String paint() {
        return "performance.getEntriesByName('first-contentful-paint').map(entry => entry.startTime)[0]";
    }

    private void recorder() {
        recorder = bed.recorder(RecorderSetup.open().of(Generation.V0_47));
        recorder.drawFrames(stream -> Scene.plain(640, 360));
        recorder.setPictures(true);
        broker = Measured.broker(bed, Ports.free());
        PublishingRecorder.start(bed, recorder, broker.port());
    }

    private BridgeOptions options() {
        return BridgeOptions.of(recorder, broker.port()).with("nvr", "topic_prefix", PublishingRecorder.PREFIX);
    }

    private BridgeProcess start(BridgeOptions options) {
        BridgeProcess bridge = BridgeProcess.withFlags(bed, Measured.SMALL_FLAGS, options);
        bridge.awaitLog("Listening to the recorder's events");
        return bridge;
    }

    /** Ten events a second, one stream after the other. */
    private void see(int seconds) {
        long begun = System.nanoTime();
        for (int i = 0; i < seconds * 10; i++) {
            LockSupport.parkNanos(begun + i * STEP_NANOS - System.nanoTime());
            SimulatedRow person = Measured.person();
            recorder.rows()
                    .insertFrame(
                            new StreamName(name(i % STREAMS)), recorder.clock().second(), person);
        }
    }

    private void tell(String what, Program bridge) {
        see(WARM_UP_SECONDS);
        double cpu = cpuSeconds(bridge);
        see(SECONDS);
        report(
                "%s: processor %.2f %% of a core, resident %.1f MiB",
                what, 100 * (cpuSeconds(bridge) - cpu) / SECONDS, residentMiB(bridge));
    }

    private static void tell(String what, List<Double> millis) {
        List<Double> sorted = millis.stream().sorted().toList();
        report(
                "%s: p50 %.0f ms, p99 %.0f ms, max %.0f ms",
                what, percentile(sorted, 50), percentile(sorted, 99), percentile(sorted, 100));
    }

    private InputStream listen() throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url + "api/events")).build();
        InputStream events = HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofInputStream())
                .body();
        IngressProxy.daemon(() -> events.transferTo(OutputStream.nullOutputStream()));
        return events;
    }

    /** How often each thread of the page's has waited so far, by its name. */
    private static Map<String, Long> wakes(Program bridge) throws IOException {
        Map<String, Long> wakes = new TreeMap<>();
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(bridge.pid()), "task"))) {
            for (Path thread : threads.toList()) {
                addWakes(thread, wakes);
            }
        }
        return wakes;
    }

    private static void addWakes(Path thread, Map<String, Long> wakes) throws IOException {
        try {
            String name = Files.readString(thread.resolve("comm")).strip();
            if (name.startsWith("page") || name.startsWith("HTTP-Disp") || name.startsWith("idle-timeout")) {
                long waits = Files.readAllLines(thread.resolve("status")).stream()
                        .filter(line -> line.startsWith("voluntary_ctxt_switches"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum();
                wakes.merge(name, waits, Long::sum);
            }
        } catch (NoSuchFileException e) {
            // It has ended meanwhile.
        }
    }

    private static String name(int index) {
        return "camera%d".formatted(index);
    }
}
