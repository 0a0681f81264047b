package io.lightnvr.mqtt.it;

import io.lightnvr.mqtt.bridge.Bridge;
import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.config.ConfigurationReader;
import io.lightnvr.mqtt.store.SqliteStore;
import io.lightnvr.mqtt.store.Store;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The whole bridge but for the recorder, as a program; {@link FloodSource} takes the recorder's place. */
final class FloodBridge {

    private static final String DELIVERED = "delivered ";
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Program program;

    private FloodBridge(Program program) {
        this.program = program;
    }

    /**
     * Starts it, for a broker.
     *
     * @param most how many events may wait for the broker before the source pauses
     */
    static FloodBridge start(TestBed bed, List<String> flags, int brokerPort, int most) {
        return start(bed, flags, System.getProperty("java.class.path"), brokerPort, most);
    }

    /** The same with the bridge of another jar. */
    static FloodBridge startJar(TestBed bed, Path jar, List<String> flags, int brokerPort, int most) {
        String classPath = jar + File.pathSeparator + System.getProperty("java.class.path");
        return start(bed, flags, classPath, brokerPort, most);
    }

    private static FloodBridge start(TestBed bed, List<String> flags, String classPath, int brokerPort, int most) {
        Path options = new BridgeOptions()
                .nvr("url", "http://localhost")
                .mqtt("broker_host", "localhost")
                .mqtt("broker_port", brokerPort)
                .write(bed);
        List<String> command = new ArrayList<>(List.of(BridgeProcess.java()));
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath, FloodBridge.class.getName()));
        command.addAll(
                List.of(options.toString(), Integer.toString(most), data(bed).toString()));
        return new FloodBridge(bed.program("flood", Map.of(), command));
    }

    /** A new store each time. */
    private static Path data(TestBed bed) {
        try {
            return Files.createTempDirectory(bed.folder(), "flood-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets the source offer so many events more, each four detections. */
    void offer(int events) {
        program.tell(Integer.toString(events));
    }

    /** Waits until the broker has acknowledged so many events since the start. */
    void awaitDelivered(int events) {
        program.output().await("all acknowledgements", (DELIVERED + events)::equals);
    }

    Program program() {
        return program;
    }

    /** Ends it in order. */
    void stop() {
        program.terminate();
        program.exitStatus(Arrivals.PATIENCE);
    }

    /**
     * Reads from its standard input how many events to offer, and says when they are delivered. Arguments: the options'
     * file, above how many waiting events nothing is offered, and the folder for the store.
     */
    public static void main(String[] arguments) throws Exception {
        Configuration configuration = ConfigurationReader.read(Path.of(arguments[0]), Optional.empty())
                .configuration();
        Bridge[] bridge = new Bridge[1];
        FloodSource source = new FloodSource(() -> waiting(bridge[0]), Long.parseLong(arguments[1]));
        Clock clock = Bridge.clock();
        Store store = SqliteStore.open(Path.of(arguments[2]), Bridge.limits(configuration), clock);
        bridge[0] = new Bridge(configuration, source, store, clock, fault -> {
            fault.printStackTrace();
            Runtime.getRuntime().halt(1);
        });
        try (store;
                Bridge running = bridge[0];
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            running.start();
            long offered = 0;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                offered += Integer.parseInt(line);
                source.offer(Integer.parseInt(line));
                awaitPublished(running, offered);
                System.out.println(DELIVERED + offered);
            }
        }
    }

    private static long waiting(Bridge bridge) {
        return bridge.counts().seen() - bridge.counts().published();
    }

    private static void awaitPublished(Bridge bridge, long events) {
        while (bridge.counts().published() < events) {
            LockSupport.parkNanos(STEP_NANOS);
        }
    }
}
