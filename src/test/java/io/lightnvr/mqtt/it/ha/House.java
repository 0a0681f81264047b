package io.lightnvr.mqtt.it.ha;

import io.lightnvr.mqtt.demo.recorder.RecorderSetup;
import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import io.lightnvr.mqtt.it.Arrivals;
import io.lightnvr.mqtt.it.BridgeOptions;
import io.lightnvr.mqtt.it.BridgeProcess;
import io.lightnvr.mqtt.it.Camera;
import io.lightnvr.mqtt.it.Eventually;
import io.lightnvr.mqtt.it.Mosquitto;
import io.lightnvr.mqtt.it.Program;
import io.lightnvr.mqtt.it.TestBed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** What is in a house: a recorder, a broker, Home Assistant and the bridge, all of them real but the recorder. */
final class House {

    static final SimulatedRow PERSON = SimulatedRow.wholePicture("person", 0.9f);
    static final SimulatedRow CAR = SimulatedRow.wholePicture("car", 0.8f);
    static final SimulatedRow DOG = SimulatedRow.wholePicture("dog", 0.7f);

    /** So late may an event be and still count, in seconds: a busy machine keeps that. */
    private static final int CLEAR_AFTER = 10;

    /** The recorder is asked for its streams every 30 s, and one must be missing twice; on a busy machine too. */
    private static final Duration TWO_LISTS = Duration.ofMinutes(5);

    private final TestBed bed;
    private final SimulatedRecorder recorder;
    private final Mosquitto broker;
    private BridgeOptions options;
    private BridgeProcess bridge;
    private HomeAssistant homeAssistant;

    House(TestBed bed) {
        this(bed, RecorderSetup.open());
    }

    House(TestBed bed, RecorderSetup setup) {
        this.bed = bed;
        this.recorder = bed.recorder(setup);
        this.broker = bed.broker();
        this.options = BridgeOptions.of(recorder, broker.port()).homeAssistant("clear_after", CLEAR_AFTER);
    }

    /** The options of the bridge that is started next. */
    BridgeOptions options() {
        return options;
    }

    SimulatedRecorder recorder() {
        return recorder;
    }

    Mosquitto broker() {
        return broker;
    }

    /** The bridge that was started last. */
    BridgeProcess bridge() {
        return bridge;
    }

    Camera camera(String name) {
        return Camera.of(recorder, name);
    }

    /** Starts Home Assistant as it comes. */
    HomeAssistant homeAssistant() {
        return homeAssistant(HomeAssistantOptions.standard());
    }

    HomeAssistant homeAssistant(HomeAssistantOptions wishes) {
        homeAssistant = HomeAssistant.start(bed, broker, wishes);
        return homeAssistant;
    }

    /** Starts the bridge, or starts it again with what it knows. */
    BridgeProcess startBridge() {
        bridge = BridgeProcess.run(bed, options);
        return bridge;
    }

    /** Ends the bridge in order and starts it again, so that it looks at the recorder anew. */
    void restartBridge() {
        bridge.terminate();
        startBridge();
    }

    /** {@code run --forget...} while the bridge does not run. */
    BridgeProcess forget(String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "run";
        all[1] = "--config";
        all[2] = options.write(bed).toString();
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return BridgeProcess.start(bed, all);
    }

    /** Has the broker keep something. */
    void retain(String topic, String payload) {
        publish(topic, payload, "-r");
    }

    /** Publishes something, and waits until the broker has it. */
    void publish(String topic, String payload, String... more) {
        List<String> command = new ArrayList<>(List.of("mosquitto_pub", "-h", "localhost", "-p", "" + broker.port()));
        command.addAll(List.of("-q", "1", "-t", topic, "-m", payload));
        command.addAll(List.of(more));
        Program publisher = bed.program("mosquitto_pub", Map.of(), command);
        if (publisher.exitStatus(Arrivals.PATIENCE) != 0) {
            throw new AssertionError("mosquitto_pub: " + publisher.errors().all());
        }
    }

    /** What the broker keeps, by topic. */
    Map<String, String> retained() {
        return broker.kept("%t %p").stream()
                .map(line -> line.split(" ", 2))
                .collect(Collectors.toMap(line -> line[0], line -> line[1]));
    }

    /** The broker ends, forgets everything and starts again. */
    void replaceBroker() {
        broker.stop();
        try {
            Files.deleteIfExists(bed.folder().resolve("mosquitto-" + broker.port() + ".db"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        broker.start();
    }

    /** Waits until the recorder's clock has gone on. */
    void awaitRecorder(int seconds) {
        long second = recorder.clock().second() + seconds;
        Eventually.isSo("the recorder's clock", () -> recorder.clock().second() >= second);
    }

    /** Waits for what comes of a stream that is gone from the recorder's lists. */
    static void awaitLists(String what, BooleanSupplier condition) {
        if (!Eventually.within(TWO_LISTS, condition)) {
            throw new AssertionError("Waited in vain for " + what);
        }
    }
}
