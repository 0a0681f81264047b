package io.lightnvr.mqtt.demo;

import io.lightnvr.mqtt.bridge.Bridge;
import io.lightnvr.mqtt.cli.ProcessLifetime;
import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.config.ConfigurationException;
import io.lightnvr.mqtt.config.ConfigurationReader;
import io.lightnvr.mqtt.demo.recorder.RecorderSetup;
import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.demo.scene.SceneRunner;
import io.lightnvr.mqtt.store.MemoryStore;
import io.lightnvr.mqtt.store.Store;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** The parts of a demo, started side by side where they can be, and closed in order. */
public final class Demo {

    private Demo() {}

    /**
     * Runs a demo to its end.
     *
     * @param wantedPort where the broker should listen
     * @param duration how long; until a signal where it is not given
     * @return the exit status
     * @throws IOException where a port cannot be had
     */
    public static int run(int wantedPort, Optional<Duration> duration, int streams, PrintWriter out)
            throws IOException, ConfigurationException, InterruptedException {
        VisibleTimes visible = new VisibleTimes();
        Viewer viewer = new Viewer(visible, out);
        int port = EmbeddedBroker.choosePort(wantedPort);
        FutureTask<EmbeddedBroker> starting = new FutureTask<>(() -> EmbeddedBroker.start(port));
        // It takes the longest to start, and nothing else needs it until then.
        new Thread(starting, "broker-start").start();
        try (ProcessLifetime lifetime = new ProcessLifetime();
                SimulatedRecorder recorder = SimulatedRecorder.start(RecorderSetup.open())) {
            recorder.rows().addListener(visible);
            SceneRunner scenes = SceneRunner.open(recorder, System.nanoTime(), streams);
            Configuration configuration = configuration(recorder, port);
            Clock clock = Bridge.clock();
            // Nothing is left behind on the disk.
            Store store = new MemoryStore(Bridge.limits(configuration), clock);
            Bridge bridge = new Bridge(configuration, store, clock, lifetime::bug);
            // Closed in reverse: what happened last is still published and seen.
            try (EmbeddedBroker broker = started(starting);
                    Viewer.Connection connection = viewer.connect(broker.port());
                    bridge;
                    scenes) {
                bridge.start();
                explain(port, wantedPort, recorder, streams, out);
                scenes.beginWhenWatched();
                connection.awaitSubscribed();
                lifetime.await(duration);
            }
            out.println(viewer.summary(bridge.counts().published()).text());
            out.flush();
            return lifetime.status();
        }
    }

    private static EmbeddedBroker started(FutureTask<EmbeddedBroker> starting)
            throws IOException, InterruptedException {
        try {
            return starting.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
    }

    private static Configuration configuration(SimulatedRecorder recorder, int port) throws ConfigurationException {
        return ConfigurationReader.defaults(recorder.url().toString())
                .configuration()
                .withBroker("127.0.0.1", port);
    }

    private static void explain(int port, int wanted, SimulatedRecorder recorder, int streams, PrintWriter out) {
        String taken = wanted != 0 && wanted != port ? " (" + wanted + " is taken)" : "";
        String option = port == 1883 ? "" : " -p " + port;
        out.printf(
                "MQTT broker on localhost:%d%s, simulated recorder at %s with %d cameras.%n",
                port, taken, recorder.url(), streams);
        out.println("To try beside it:");
        out.printf("  mosquitto_sub -h localhost%s -t 'lightnvr/detections/#' -v%n", option);
        out.printf("  mosquitto_sub -h localhost%s -t 'lightnvr/state/#' -v%n", option);
        out.printf("  mosquitto_sub -h localhost%s -t 'homeassistant/#' -v%n", option);
        out.println("Each line is an event as a subscriber receives it; Ctrl-C ends the demo.");
        out.println();
        out.flush();
    }
}
