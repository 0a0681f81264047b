package io.lightnvr.mqtt.it.brokers;

import static io.lightnvr.mqtt.it.Measured.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import io.lightnvr.mqtt.it.Arrivals;
import io.lightnvr.mqtt.it.BridgeOptions;
import io.lightnvr.mqtt.it.BridgeProcess;
import io.lightnvr.mqtt.it.Camera;
import io.lightnvr.mqtt.it.Checked;
import io.lightnvr.mqtt.it.Eventually;
import io.lightnvr.mqtt.it.Ports;
import io.lightnvr.mqtt.it.StoreFile;
import io.lightnvr.mqtt.it.TestBed;
import io.lightnvr.mqtt.it.chaos.Wire;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The bridge with a broker of another maker: what goes, what does not, and what the bridge says then. */
abstract class BrokerTrial {

    private static final int CAMERAS = 10;
    private static final int EVENTS = 100;
    private static final Duration TO_SPARE = Duration.ofSeconds(EVENTS + 20);
    private static final Duration SOON = Duration.ofSeconds(10);

    /** After an outage; the bridge itself waits for up to a minute between two attempts. */
    private static final Duration RECOVERY = Duration.ofSeconds(75);

    private static final String EVENT = "lightnvr/detections/";
    private static final String AVAILABILITY = "lightnvr/availability";
    private static final String STATE = "lightnvr/state/camera0";
    private static final String DEVICE = "homeassistant/device/lightnvr_mqtt_stream_camera0/config";
    private static final SimulatedRow PERSON = SimulatedRow.wholePicture("person", 0.9f);

    @RegisterExtension
    final TestBed bed = new TestBed();

    private OtherBroker broker;
    private Wire wire;
    private SimulatedRecorder recorder;
    private BridgeOptions options;
    private BridgeProcess bridge;

    /** A broker of MQTT 3.1.1 alone is named as that by {@code run} and by {@code check}. */
    final void speaksMqtt311Alone(String name) {
        begin(name);

        String said = bridge.log().await("a sentence", line -> line.contains("The broker localhost"));
        List<String> checked = complaints();

        report("%s: run says: %s", name, said.replaceAll(".* - ", ""));
        checked.forEach(line -> report("%s: check says: %s", name, line));
        assertThat(said).contains("MQTT 3.1.1");
        assertThat(checked).anyMatch(line -> line.contains("MQTT 3.1.1"));
    }

    /** Everything arrives at once, and after an outage in which the broker is killed; devices, states and the will are there. */
    final void isGoodForTheBridge(String name) {
        begin(name);
        String audience = Checked.check(bed, options).line("homeassistant/#");
        Listener first = listener("first");
        List<Camera> cameras = IntStream.range(0, CAMERAS)
                .mapToObj(number -> Camera.of(recorder, "camera" + number))
                .toList();
        cameras.forEach(Camera::awaitWatched);
        boolean devices = within(SOON, () -> has(first, DEVICE));
        cameras.get(0).sees(PERSON);
        boolean event = within(SOON, () -> has(first, EVENT + "camera0"));
        boolean wildcards = shows(listener("late"), STATE, DEVICE);
        boolean wholeTopics = shows(Listener.start(bed, broker.port(), "whole", STATE, DEVICE), STATE, DEVICE);
        List<String> checked = complaints();

        wire.refuse();
        broker.kill();
        recorder.clock().setOffset(Duration.ZERO);
        for (int seconds = EVENTS; seconds > 0; seconds--) {
            for (Camera camera : cameras) {
                camera.sawAgo(seconds, PERSON);
            }
        }
        StoreFile.of(bed).awaitWaiting(CAMERAS * EVENTS, Arrivals.PATIENCE);
        broker.start();
        Listener again = listener("again");
        boolean kept = shows(Listener.start(bed, broker.port(), "kept", STATE, DEVICE), STATE, DEVICE);
        long back = System.nanoTime();
        wire.open();
        String allRows = seconds(back, within(RECOVERY, () -> rows(again) == CAMERAS * EVENTS));
        String states = seconds(back, within(RECOVERY, () -> has(again, STATE)));
        String announced = seconds(back, within(RECOVERY, () -> has(again, DEVICE)));
        int rows = rows(again);
        bridge.program().kill();
        boolean will = within(
                SOON,
                () -> again.all().stream()
                        .anyMatch(message -> message.topic().equals(AVAILABILITY)
                                && message.text().equals("offline")));

        report(
                "%s: event %s, discovery %s, will %s; what is kept is shown to whole topics %s, to wildcards %s, after a kill %s;"
                        + " after the outage %d of %d rows within %s, states within %s, devices within %s",
                name,
                event,
                devices,
                will,
                wholeTopics,
                wildcards,
                kept,
                rows,
                CAMERAS * EVENTS,
                allRows,
                states,
                announced);
        report("%s: check says, where nobody listens: %s", name, audience);
        checked.forEach(line -> report("%s: check says: %s", name, line));
        bridge.log().all(line -> line.contains(" WARN ")).stream()
                .map(line -> line.replaceAll(".* - ", ""))
                .distinct()
                .forEach(line -> report("%s: run says: %s", name, line));
        assertThat(audience).containsAnyOf("nobody listens", "does not tell whether a client listens");
        assertThat(rows).isEqualTo(CAMERAS * EVENTS);
        assertThat(has(again, DEVICE) || wildcards && kept).as("its devices").isTrue();
        assertThat(will).as("its will").isTrue();
    }

    private void begin(String name) {
        broker = OtherBroker.installed(bed, name).start();
        wire = bed.own(new Wire(name, Ports.free(), broker.port()));
        recorder = bed.recorder();
        recorder.clock().setOffset(TO_SPARE.negated());
        options = BridgeOptions.of(recorder, wire.port());
        bridge = BridgeProcess.run(bed, options);
    }

    private Listener listener(String id) {
        return Listener.start(bed, broker.port(), id, "lightnvr/#", "homeassistant/#");
    }

    /** What a check finds wrong. */
    private List<String> complaints() {
        return Checked.check(bed, options).lines().stream()
                .filter(line -> !line.startsWith("ok ") && !line.contains("recorder:"))
                .toList();
    }

    private static boolean within(Duration time, BooleanSupplier condition) {
        return Eventually.within(time, condition);
    }

    private static String seconds(long since, boolean isSo) {
        return isSo ? "%.1f s".formatted((System.nanoTime() - since) / 1e9) : "never";
    }

    private static boolean has(Listener listener, String topic) {
        return listener.all().stream().anyMatch(message -> message.topic().equals(topic));
    }

    /** Whether a listener is told what the broker has kept. */
    private static boolean shows(Listener listener, String... topics) {
        return within(
                Duration.ofSeconds(3),
                () -> Stream.of(topics)
                        .allMatch(topic -> listener.all().stream()
                                .anyMatch(message ->
                                        message.retained() && message.topic().equals(topic))));
    }

    /** How many different rows came: each is an event of its own. */
    private static int rows(Listener listener) {
        return (int) listener.all().stream()
                .filter(message -> message.topic().startsWith(EVENT))
                .map(message -> message.topic() + message.text().replaceFirst("^.*?\"timestamp\":(\\d+).*$", "$1"))
                .distinct()
                .count();
    }
}
