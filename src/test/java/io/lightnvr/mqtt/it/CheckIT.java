package io.lightnvr.mqtt.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code check} of a chain that holds, beside a running bridge, for machines, and of the folder of the store. */
@Execution(ExecutionMode.CONCURRENT)
class CheckIT {

    /** For root it takes away that every file is its own. */
    private static final List<String> NO_RIGHTS_OF_ROOT = List.of(
            "setpriv",
            "--inh-caps=-dac_override,-dac_read_search",
            "--bounding-set=-dac_override,-dac_read_search",
            "--");

    @RegisterExtension
    final TestBed bed = new TestBed();

    private SimulatedRecorder recorder;

    @BeforeEach
    void startARecorderThatSeesSomething() {
        recorder = Checked.soundRecorder(bed);
    }

    @Test
    void isContentWithAChainThatHoldsAndLeavesNothingBehind() {
        Mosquitto broker = bed.broker();
        Subscriber homeAssistant = Subscriber.start(bed, broker, "home-assistant", "homeassistant/#");

        Checked checked = Checked.check(bed, BridgeOptions.of(recorder, broker.port()));

        assertThat(checked.status()).isZero();
        assertThat(checked.lines())
                .filteredOn(line -> !line.contains("is slow to answer")) // as this machine may be
                .allMatch(line -> line.startsWith("ok "));
        assertThat(checked.lines())
                .anyMatch(line -> line.startsWith("ok       recorder: is LightNVR 0.37.2 and answers in ")
                        && line.endsWith(" ms"))
                .anyMatch(
                        line -> line.matches("ok       recorder: detections in the last day: front_door \\d+ min ago"))
                .contains(
                        "ok       recorder: streams: 1 configured, 1 enabled, 1 up",
                        "ok       broker: accepts the connection as lightnvr-mqtt-check",
                        "ok       Home Assistant: the broker allows subscribing to homeassistant/status",
                        "ok       Home Assistant: a client listens to homeassistant/#, as Home Assistant does",
                        "ok       data folder: there is no store yet; the bridge creates it");
        assertThat(kept(broker)).isEmpty();
        homeAssistant.await("what was tried", heard -> true);
        assertThat(homeAssistant.all()).extracting(Heard::payload).containsOnly("");
        assertThat(StoreFile.of(bed).path()).doesNotExist();
    }

    @Test
    void repeatsWhatTheBrokerKeepsAsItIs() {
        Mosquitto broker = bed.broker();
        BridgeOptions options = BridgeOptions.of(recorder, broker.port());
        BridgeProcess bridge = BridgeProcess.run(bed, options);
        bridge.awaitLog("Connected to the broker");
        Eventually.isSo(
                "the state",
                () -> kept(broker).stream().anyMatch(heard -> heard.topic().equals("lightnvr/state/front_door")));
        bridge.terminate();
        List<Heard> before = kept(broker);

        Checked checked = Checked.check(bed, options);

        assertThat(checked.lines())
                .contains(
                        "ok       broker: allows publishing the bridge's availability (tested on lightnvr/availability)",
                        "ok       broker: allows publishing states (tested on lightnvr/state/front_door)");
        assertThat(kept(broker)).isEqualTo(before);
    }

    @Test
    void asksTheRunningBridgeInsteadOfTryingItsTopics() {
        Mosquitto broker = bed.broker();
        BridgeOptions options = BridgeOptions.of(recorder, broker.port());
        BridgeProcess.run(bed, options).awaitLog("Connected to the broker");
        Subscriber.start(bed, broker, "listener", "lightnvr/bridge/state").await("lightnvr/bridge/state");
        Subscriber listener = Subscriber.start(bed, broker, "watcher", "lightnvr/state/#");

        Checked checked = Checked.check(bed, options);

        assertThat(checked.status()).isZero();
        assertThat(checked.line("broker: bridge "))
                .contains("has been running since")
                .contains("as lightnvr-mqtt:");
        assertThat(checked.lines()).contains("ok       data folder: a running bridge uses it");
        assertThat(listener.all()).allMatch(heard -> heard.topic().equals("lightnvr/state/front_door"));
    }

    @Test
    void tellsThatAnErrorOfTheRunningBridgeMayBeOver() throws IOException {
        Mosquitto broker = bed.broker();
        BridgeOptions options = BridgeOptions.of(recorder, broker.port());
        BridgeProcess bridge = BridgeProcess.run(bed, options);
        bridge.awaitLog("is online");
        recorder.stopListening();
        bridge.awaitLog("cannot be reached");
        recorder.listenAgain();
        bridge.awaitLog("The recorder answers again");
        Subscriber.start(bed, broker, "listener", "lightnvr/bridge/state")
                .await("the error", heard -> heard.payload().contains("cannot be reached"));

        Checked checked = Checked.check(bed, options);

        assertThat(checked.lines())
                .filteredOn(line -> line.startsWith("failed"))
                .isEmpty();
        assertThat(checked.line("has had an error since its start"))
                .startsWith("warning  broker: ")
                .contains("cannot be reached")
                .endsWith("if nothing else is found here, it is over");
    }

    @Test
    void sendsATestEventWhenItIsAskedTo() {
        Mosquitto broker = bed.broker();
        Subscriber subscriber = Subscriber.start(bed, broker, "listener", "lightnvr/#");
        String config = BridgeOptions.of(recorder, broker.port()).write(bed).toString();

        Checked checked = Checked.check(bed, "--config", config, "--test-event", "front_door");

        assertThat(checked.status()).isZero();
        assertThat(subscriber.await("lightnvr/detections/front_door").payload()).contains("\"label\":\"test\"");
    }

    @Test
    void tellsMachinesInJson() throws IOException {
        String config = BridgeOptions.of(recorder, Ports.free()).write(bed).toString();

        Checked checked = Checked.check(bed, "--config", config, "--json");

        JsonNode json = new ObjectMapper().readTree(String.join("\n", checked.lines()));
        assertThat(checked.status()).isOne();
        assertThat(json.path("result").asText()).isEqualTo("failed");
        assertThat(json.path("findings"))
                .anySatisfy(finding -> assertThat(finding.toString())
                        .contains("\"part\":\"broker\",\"verdict\":\"failed\",\"sentence\":\"cannot connect to port "));
    }

    @Test
    void tellsAConfigurationThatCannotBeUsed() {
        BridgeOptions options = BridgeOptions.of(recorder, 1883).mqtt("qos", 3).mqtt("topic_prefix", "a/#");

        Checked checked = Checked.check(bed, options);

        assertThat(checked.status()).isEqualTo(2);
        assertThat(checked.lines())
                .containsExactly(
                        "failed   configuration: mqtt.qos: 3 is out of range; use a whole number from 0 to 2",
                        "failed   configuration: mqtt.topic_prefix: a/# contains the wildcard #; use a name without # and +");
    }

    @Test
    void tellsWhatWaitsInTheStoreAndWhetherItIsSound() throws IOException {
        Mosquitto broker = bed.broker();
        BridgeOptions options = BridgeOptions.of(recorder, broker.port());
        Camera camera = Camera.of(recorder, "yard");
        BridgeProcess bridge = BridgeProcess.run(bed, options);
        bridge.awaitLog("Connected to the broker");
        camera.awaitWatched();
        broker.stop();
        camera.sees(SimulatedRow.wholePicture("cat", 0.9f));
        StoreFile.of(bed).awaitWaiting(1, Arrivals.PATIENCE);
        bridge.program().kill();
        broker.start();

        Checked waiting = Checked.check(bed, options);
        for (String part : List.of("-wal", "-shm")) {
            Files.delete(Path.of(StoreFile.of(bed).path() + part));
        }
        Files.writeString(StoreFile.of(bed).path(), "no database at all, and longer than a header ".repeat(100));
        Checked damaged = Checked.check(bed, options);

        assertThat(waiting.line("events waiting in the store: 1 (oldest: "))
                .startsWith("warning  data folder: ")
                .endsWith(" -> start the bridge to send them");
        assertThat(damaged.line("lightnvr-mqtt.db: ")).startsWith("failed   data folder: ");
    }

    @Test
    void tellsADiskThatIsFullAndOneThatCannotBeWritten() {
        SmallDisk disk = SmallDisk.mount(bed, bed.newFolder("disk"));
        String config =
                BridgeOptions.of(recorder, bed.broker().port()).write(bed).toString();
        List<String> prefix = disk.prefix();
        String folder = disk.folder().toString();

        disk.fill();
        Checked full = Checked.of(BridgeProcess.start(bed, prefix, "check", "--config", config, "--data", folder));
        disk.makeReadOnly();
        Checked readOnly = Checked.of(BridgeProcess.start(bed, prefix, "check", "--config", config, "--data", folder));

        assertThat(full.line("only 0 MiB free")).startsWith("failed   data folder: ");
        assertThat(readOnly.line(folder + " is not writable")).startsWith("failed   data folder: ");
    }

    @Test
    void tellsAStoreThatBelongsToSomebodyElse() throws IOException {
        BridgeOptions options = BridgeOptions.of(recorder, bed.broker().port());
        BridgeProcess first = BridgeProcess.run(bed, options);
        first.awaitLog("Connected to the broker");
        assertThat(first.terminate()).isZero();
        Path store = StoreFile.of(bed).path();
        giveToNobody(store);
        String config = options.write(bed).toString();

        Checked byRoot = Checked.check(bed, options);
        Checked byAnother = Checked.of(BridgeProcess.start(bed, NO_RIGHTS_OF_ROOT, "check", "--config", config));
        BridgeProcess bridge = BridgeProcess.start(bed, NO_RIGHTS_OF_ROOT, "run", "--config", config);

        String chown = "as root: chown root " + store + "* ";
        assertThat(byRoot.line(store + " belongs to nobody, its folder to root"))
                .startsWith("warning  data folder: ")
                .contains(chown);
        assertThat(byAnother.line(store + " belongs to nobody, and root may not write it"))
                .startsWith("failed   data folder: ")
                .contains(chown);
        assertThat(bridge.awaitLog("belongs to nobody, and root may not write it"))
                .contains(chown);
    }

    @Test
    void tellsAFolderThatBelongsToSomebodyElse() throws IOException {
        Path data = bed.newFolder("data");
        giveToNobody(data);
        String config = BridgeOptions.of(recorder, Ports.free()).write(bed).toString();

        Checked checked = Checked.of(
                BridgeProcess.start(bed, NO_RIGHTS_OF_ROOT, "check", "--config", config, "--data", data.toString()));

        assertThat(checked.line(data + " belongs to nobody, and root may not write it"))
                .startsWith("failed   data folder: ")
                .endsWith(" -> as root: chown root " + data + ", or choose another one with --data");
    }

    private static void giveToNobody(Path file) throws IOException {
        Files.setOwner(
                file, file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
    }

    private static List<Heard> kept(Mosquitto broker) {
        return broker.kept(Heard.FORMAT).stream()
                .map(Heard::of)
                .filter(heard -> !heard.topic().equals("lightnvr/bridge/state"))
                .toList();
    }
}
