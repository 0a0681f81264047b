package io.lightnvr.mqtt.demo;

import io.lightnvr.mqtt.bridge.Bridge;
import io.lightnvr.mqtt.broker.BrokerSettings;
import io.lightnvr.mqtt.broker.paho.PahoBroker;
import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.config.ConfigurationException;
import io.lightnvr.mqtt.config.ConfigurationReader;
import io.lightnvr.mqtt.demo.recorder.Generation;
import io.lightnvr.mqtt.demo.recorder.RecorderSetup;
import io.lightnvr.mqtt.demo.recorder.SimulatedEvents;
import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.demo.scene.SceneRunner;
import io.lightnvr.mqtt.store.MemoryStore;
import io.lightnvr.mqtt.store.Store;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * A broker, a simulated recorder, the bridge between them, and a subscriber that prints each event, all in this process. Leaves
 * nothing on the disk. For one thread.
 */
public final class Demo implements AutoCloseable {

    private static final int USUAL_PORT = 1883;
    private static final String PREFIX = "lightnvr";
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(60);

    private final PrintWriter out;
    private final VisibleTimes visible = new VisibleTimes();
    private final Viewer viewer;
    private final Deque<Runnable> closings = new ArrayDeque<>();
    private Bridge bridge;

    /** Opens the page of the demo's bridge. */
    @FunctionalInterface
    public interface PageMaker {

        /**
         * Opens the page of a bridge that starts next.
         *
         * @param clock that of the store
         * @throws IOException if it cannot listen
         */
        OpenPage open(Configuration configuration, Bridge bridge, Store store, Clock clock) throws IOException;
    }

    /**
     * A page that is open.
     *
     * @param address for people
     * @param close closes it
     */
    public record OpenPage(String address, Runnable close) {}

    private Demo(PrintWriter out) {
        this.out = out;
        this.viewer = new Viewer(visible, out);
    }

    /**
     * Starts a demo and prints how to watch it. Returns once the subscriber receives.
     *
     * @param port where the broker listens, 0 to 65,535; a free port if it is 0 or taken
     * @param cameras how many the recorder has, at least 1
     * @param generation of the recorder: {@code 0.37} or {@code 0.47}
     * @param page opens the page
     * @param fault takes a fault in one of the bridge's threads, after which the demo should be closed
     * @throws IOException if a part cannot start; those that have started are closed
     */
    public static Demo start(
            int port, int cameras, String generation, PageMaker page, PrintWriter out, Consumer<Throwable> fault)
            throws IOException, ConfigurationException, InterruptedException {
        Demo demo = new Demo(out);
        try {
            demo.begin(port, cameras, Generation.of(generation), page, fault);
            return demo;
        } catch (IOException | ConfigurationException | InterruptedException | RuntimeException e) {
            try (demo) {
                throw e;
            }
        }
    }

    /** What the demo has shown so far; final once it is closed. */
    public DemoSummary summary() {
        return viewer.summary(bridge.counts().published());
    }

    /** Closes the parts in reverse order, so that the last events are still published and printed. A second call does nothing. */
    @Override
    public void close() {
        if (!closings.isEmpty()) {
            try {
                closings.pop().run();
            } finally {
                close();
            }
        }
    }

    private void begin(
            int wantedPort, int cameras, Generation generation, PageMaker pageMaker, Consumer<Throwable> fault)
            throws IOException, ConfigurationException, InterruptedException {
        int port = EmbeddedBroker.choosePort(wantedPort);
        CompletableFuture<EmbeddedBroker> broker = startBroker(port);
        closings.push(() -> broker.thenAccept(EmbeddedBroker::close).getNow(null));
        SimulatedRecorder recorder =
                SimulatedRecorder.start(RecorderSetup.open().of(generation));
        closings.push(recorder::close);
        closings.push(viewer::close);
        recorder.rows().addListener(visible);
        SceneRunner scenes = SceneRunner.open(recorder, System.nanoTime(), cameras);
        recorder.drawFrames(scenes::picture);
        recorder.setPictures(true);
        Configuration configuration = configuration(recorder, port);
        Clock clock = Bridge.clock();
        Store store = new MemoryStore(Bridge.limits(configuration), clock);
        bridge = new Bridge(configuration, store, clock, fault);
        closings.push(bridge::close);
        OpenPage page = pageMaker.open(configuration, bridge, store, clock);
        closings.push(page.close());
        closings.push(scenes::close);
        viewer.connect(started(broker).port());
        SimulatedEvents events = SimulatedEvents.start(recorder, new PahoBroker(), recorderSettings(port), PREFIX);
        closings.push(events::close);
        bridge.start();
        explain(port, wantedPort, recorder, cameras, page);
        scenes.beginWhenWatched();
        viewer.awaitSubscribed();
    }

    /** The broker takes longest to start, so it starts in a thread of its own while the other parts are made. */
    private static CompletableFuture<EmbeddedBroker> startBroker(int port) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return EmbeddedBroker.start(port);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e.getMessage(), e);
                    }
                },
                start -> new Thread(start, "broker-start").start());
    }

    private static EmbeddedBroker started(CompletableFuture<EmbeddedBroker> broker)
            throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            // A broker that runs already needs no wait that would see it.
            throw new InterruptedException();
        }
        try {
            return broker.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
    }

    private static Configuration configuration(SimulatedRecorder recorder, int port) throws ConfigurationException {
        return ConfigurationReader.of(Map.of(
                "nvr.url",
                recorder.url().toString(),
                "nvr.controls",
                "true",
                "mqtt.broker_host",
                "127.0.0.1",
                "mqtt.broker_port",
                Integer.toString(port)));
    }

    /** How the recorder connects to publish by itself. */
    private static BrokerSettings recorderSettings(int port) {
        return new BrokerSettings(
                "127.0.0.1", port, "lightnvr", Optional.empty(), KEEP_ALIVE, Optional.empty(), Optional.empty());
    }

    private void explain(int port, int wanted, SimulatedRecorder recorder, int cameras, OpenPage page) {
        String taken = wanted != 0 && wanted != port ? " (" + wanted + " is taken)" : "";
        String option = port == USUAL_PORT ? "" : " -p " + port;
        out.printf(
                "MQTT broker on localhost:%d%s, simulated recorder at %s with %d cameras.%n",
                port, taken, recorder.url(), cameras);
        out.printf("The bridge's page, to look at in a browser: %s%n", page.address());
        out.println("To try in another terminal:");
        for (String filter : List.of("lightnvr/detections/#", "lightnvr/state/#", "homeassistant/#")) {
            out.printf("  mosquitto_sub -h localhost%s -t '%s' -v%n", option, filter);
        }
        out.println("Each line is an event as a subscriber receives it; Ctrl-C ends the demo.");
        out.println();
        out.flush();
    }
}
