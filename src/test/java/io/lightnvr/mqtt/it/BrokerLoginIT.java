package io.lightnvr.mqtt.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Brokers that want to know who comes. */
@Execution(ExecutionMode.CONCURRENT)
class BrokerLoginIT {

    /** A refusal is tried again after a minute at the earliest, everything else within two seconds at first. */
    private static final Duration LONGER_THAN_WEATHER = Duration.ofSeconds(4);

    @RegisterExtension
    final TestBed bed = new TestBed();

    @Test
    void comesInWithoutAnyLogin() {
        Mosquitto broker = bed.broker();

        BridgeProcess.run(bed, BridgeOptions.of(bed.recorder(), broker.port()));

        broker.awaitClient("lightnvr-mqtt");
        Subscriber subscriber = Subscriber.start(bed, broker, "listener", "lightnvr/#");
        subscriber.await("lightnvr/availability", "online");
    }

    @Test
    void comesInWithUserAndPassword() {
        Mosquitto broker = guarded();

        BridgeProcess bridge = BridgeProcess.run(bed, options(broker, "bridge", "geheim & \"süß\""));

        broker.awaitClient("lightnvr-mqtt");
        Subscriber subscriber =
                Subscriber.start(bed, broker, "listener", "lightnvr/#", "-u", "listener", "-P", "l1sten");
        subscriber.await("lightnvr/availability", "online");
        assertThat(bridge.logText()).doesNotContain("geheim");
    }

    @Test
    void saysThatThePasswordIsWrongAndStaysAlive() {
        Mosquitto broker = guarded();

        BridgeProcess bridge = BridgeProcess.run(bed, options(broker, "bridge", "wrong-0815"));

        bridge.log()
                .await("a plain sentence", line -> line.contains("mqtt.username") && line.contains("mqtt.password"));
        triesNoMore(broker, bridge);
        assertThat(bridge.logged("mqtt.password")).isEqualTo(1);
        assertThat(bridge.logText()).doesNotContain("wrong-0815").doesNotContain("\tat ");
        assertThat(bridge.terminate()).isZero();
    }

    @Test
    void saysThatTheBrokerWantsALogin() {
        Mosquitto broker = guarded();

        BridgeProcess bridge = BridgeProcess.run(bed, BridgeOptions.of(bed.recorder(), broker.port()));

        String line = bridge.awaitLog("not authorized");
        assertThat(line).contains("set mqtt.username and mqtt.password");
        triesNoMore(broker, bridge);
        assertThat(bridge.terminate()).isZero();
    }

    @Test
    void saysOnceThatItMayNotAnnounceAndTakesBackTheRest() throws IOException {
        Path acl = bed.folder().resolve("acl");
        Files.writeString(acl, "user bridge\ntopic readwrite lightnvr/#\nuser listener\ntopic read #\n");
        Mosquitto broker = guarded("acl_file " + acl);
        SimulatedRecorder recorder = bed.recorder();
        Stream.of("front_door", "yard", "garage").forEach(name -> Camera.of(recorder, name));
        BridgeOptions options = BridgeOptions.of(recorder, broker.port())
                .mqtt("username", "bridge")
                .mqtt("password", "geheim & \"süß\"");
        Subscriber subscriber =
                Subscriber.start(bed, broker, "listener", "lightnvr/#", "-u", "listener", "-P", "l1sten");

        BridgeProcess bridge = BridgeProcess.run(bed, options);
        subscriber.await("lightnvr/state/yard");
        broker.log().await("all devices", 4, line -> line.contains("rc135"));
        subscriber.await("its figures", heard -> heard.payload().contains("\"refused\":4"));

        assertThat(bridge.logged("The broker refuses messages on homeassistant/device/"))
                .isOne();
        bridge.terminate();
        BridgeProcess forgetting =
                BridgeProcess.start(bed, "run", "--config", options.write(bed).toString(), "--forget-all");
        assertThat(forgetting.exitStatus()).isZero();
        subscriber.await("lightnvr/state/yard", "");
    }

    private Mosquitto guarded(String... more) {
        String passwords = Mosquitto.passwords(bed, "bridge:geheim & \"süß\"", "listener:l1sten")
                .toString();
        List<String> lines = new ArrayList<>(List.of("allow_anonymous false", "password_file " + passwords));
        lines.addAll(List.of(more));
        return bed.broker(lines.toArray(String[]::new));
    }

    private BridgeOptions options(Mosquitto broker, String username, String password) {
        SimulatedRecorder recorder = bed.recorder();
        return BridgeOptions.of(recorder, broker.port())
                .mqtt("username", username)
                .mqtt("password", password);
    }

    private static void triesNoMore(Mosquitto broker, BridgeProcess bridge) {
        // One to publish, and one to hear the recorder.
        Eventually.isSo("both connections were refused", () -> broker.attempts() >= 2);
        long attempts = broker.attempts();
        Eventually.staysSo(
                "alive, with no more attempts",
                LONGER_THAN_WEATHER,
                () -> bridge.program().isAlive() && broker.attempts() == attempts);
    }
}
