package io.lightnvr.mqtt.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lightnvr.mqtt.demo.recorder.Account;
import io.lightnvr.mqtt.demo.recorder.NativePublisher;
import io.lightnvr.mqtt.demo.recorder.RecorderSetup;
import io.lightnvr.mqtt.demo.recorder.RecorderStream;
import io.lightnvr.mqtt.demo.recorder.Row;
import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.supervisor.FakeSupervisor;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code check} against brokers and recorders that are as they should be, and in each way that they should not. */
@Execution(ExecutionMode.CONCURRENT)
class CheckIT {

    private static final String OUR_NAMES = "DNS:localhost,IP:127.0.0.1";

    @RegisterExtension
    final TestBed bed = new TestBed();

    private SimulatedRecorder recorder;

    @BeforeEach
    void startARecorderThatSeesSomething() {
        recorder = bed.recorder();
        Camera.of(recorder, "front_door").sees(Row.wholePicture("person", 0.9f));
    }

    @Test
    void isContentWithAChainThatHoldsAndLeavesNothingBehind() {
        Mosquitto broker = bed.broker();
        Subscriber homeAssistant = Subscriber.start(bed, broker, "home-assistant", "homeassistant/#");

        Checked checked = check(BridgeOptions.of(recorder, broker.port()));

        assertThat(checked.status()).isZero();
        assertThat(checked.lines()).allMatch(line -> line.startsWith("ok "));
        assertThat(checked.lines())
                .anyMatch(line -> line.startsWith("ok       recorder: answers as a LightNVR does, in ")
                        && line.endsWith(" ms, version 0.37.2"))
                .contains(
                        "ok       recorder: has 1 streams, 1 of them enabled, 1 up",
                        "ok       recorder: has detected something in the last day: front_door 0 min ago",
                        "ok       broker: lets us in as lightnvr-mqtt-check",
                        "ok       Home Assistant: may subscribe to homeassistant/status",
                        "ok       Home Assistant: somebody listens to homeassistant/#, as Home Assistant does",
                        "ok       data folder: there is no store yet; the bridge makes it");
        assertThat(kept(broker)).isEmpty();
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

        Checked checked = check(options);

        assertThat(checked.lines())
                .contains(
                        "ok       broker: may say whether the bridge is there (tried on lightnvr/availability)",
                        "ok       broker: may publish states (tried on lightnvr/state/front_door)");
        assertThat(kept(broker)).isEqualTo(before);
    }

    @Test
    void asksTheRunningBridgeInsteadOfTryingItsTopics() {
        Mosquitto broker = bed.broker();
        BridgeOptions options = BridgeOptions.of(recorder, broker.port());
        BridgeProcess.run(bed, options).awaitLog("Connected to the broker");
        Subscriber.start(bed, broker, "listener", "lightnvr/bridge/state").await("lightnvr/bridge/state");
        Subscriber listener = Subscriber.start(bed, broker, "watcher", "lightnvr/state/#");

        Checked checked = check(options);

        assertThat(checked.status()).isZero();
        assertThat(checked.line("broker: bridge ")).contains("runs since").contains("as lightnvr-mqtt:");
        assertThat(checked.lines()).contains("ok       data folder: a bridge works with it");
        assertThat(listener.all()).allMatch(heard -> heard.topic().equals("lightnvr/state/front_door"));
    }

    @Test
    void tellsThatAnotherClientUsesTheBridgesId() {
        Mosquitto broker = bed.broker();
        BridgeOptions options = BridgeOptions.of(recorder, broker.port());
        bed.program(
                "rival",
                Map.of(),
                List.of("sh", "-c", "while :; do mosquitto_sub -p " + broker.port() + " -i lightnvr-mqtt -t x; done"));
        broker.awaitClient("lightnvr-mqtt");
        BridgeProcess bridge = BridgeProcess.run(bed, options);
        bridge.awaitLog("going on as lightnvr-mqtt-bridge");
        Subscriber.start(bed, broker, "listener", "lightnvr/bridge/state")
                .await("its figures", heard -> heard.payload().contains("lightnvr-mqtt-bridge"));

        Checked checked = check(options);

        assertThat(checked.line("another client uses the client id lightnvr-mqtt"))
                .startsWith("warning  broker: ")
                .endsWith(" -> end that client, or give one of the two another mqtt.client_id");
    }

    @Test
    void sendsATestEventWhenItIsAskedTo() {
        Mosquitto broker = bed.broker();
        Subscriber subscriber = Subscriber.start(bed, broker, "listener", "lightnvr/#");
        String config = BridgeOptions.of(recorder, broker.port()).write(bed).toString();

        Checked checked = check("--config", config, "--test-event", "front_door");

        assertThat(checked.status()).isZero();
        assertThat(subscriber.await("lightnvr/detections/front_door").payload()).contains("\"label\":\"test\"");
    }

    @Test
    void tellsMachinesInJson() throws IOException {
        String config = BridgeOptions.of(recorder, Ports.free()).write(bed).toString();

        Checked checked = check("--config", config, "--json");

        JsonNode json = new ObjectMapper().readTree(String.join("\n", checked.lines()));
        assertThat(checked.status()).isOne();
        assertThat(json.path("result").asText()).isEqualTo("failed");
        assertThat(json.path("findings"))
                .anySatisfy(finding -> assertThat(finding.toString())
                        .contains("\"part\":\"broker\",\"verdict\":\"failed\",\"sentence\":\"port "));
    }

    @Test
    void tellsAConfigurationThatCannotBeUsed() {
        BridgeOptions options = BridgeOptions.of(recorder, 1883).mqtt("qos", 3).mqtt("topic_prefix", "a/#");

        Checked checked = check(options);

        assertThat(checked.status()).isEqualTo(2);
        assertThat(checked.lines())
                .containsExactly(
                        "failed   configuration: mqtt.qos: 3 is not a QoS level; use 0, 1 or 2",
                        "failed   configuration: mqtt.topic_prefix: a/# holds the wildcard #; use a name without # and +");
    }

    @Test
    void tellsAClosedPortOfTheBroker() {
        int port = Ports.free();

        fails(
                BridgeOptions.of(recorder, port),
                "failed   broker: port " + port + " of localhost does not open: Connection refused -> start it there,"
                        + " let its firewall pass this machine, or correct mqtt.broker_host and mqtt.broker_port");
    }

    @Test
    void tellsANameWithoutAnAddress() {
        fails(
                BridgeOptions.of(recorder, 1883).mqtt("broker_host", "broker.invalid"),
                "failed   broker: the name broker.invalid has no address here -> correct mqtt.broker_host and"
                        + " mqtt.broker_port, or give the IP address there instead of the name");
    }

    @Test
    void tellsAWrongPassword() {
        Mosquitto broker = guarded();
        BridgeOptions options = BridgeOptions.of(recorder, broker.port()).mqtt("username", "anna");

        fails(
                options.mqtt("password", "wr0ng"),
                "failed   broker: The broker localhost:" + broker.port()
                        + " says: not authorized; check mqtt.username and"
                        + " mqtt.password, or look what the broker allows this user");
    }

    @Test
    void tellsAnAclWithoutDiscovery() throws IOException {
        Path acl = bed.folder().resolve("acl");
        Files.writeString(acl, "user anna\ntopic readwrite lightnvr/#\n");
        BridgeOptions options =
                BridgeOptions.of(recorder, guarded("acl_file " + acl).port());

        Checked checked = fails(
                options.mqtt("username", "anna").mqtt("password", "s3cret"),
                "failed   Home Assistant: cannot be told of devices: not authorized for"
                        + " homeassistant/device/lightnvr_mqtt_check/config -> let the bridge's user write"
                        + " homeassistant/device/# (Mosquitto: acl_file)");

        assertThat(checked.line("may publish states")).startsWith("ok ");
    }

    @Test
    void tellsAnAclWithoutOurTopics() throws IOException {
        Path acl = bed.folder().resolve("acl");
        Files.writeString(acl, "user anna\ntopic readwrite homeassistant/#\ntopic readwrite lightnvr/availability/#\n");
        BridgeOptions options =
                BridgeOptions.of(recorder, guarded("acl_file " + acl).port());

        Checked checked = fails(
                options.mqtt("username", "anna").mqtt("password", "s3cret"),
                "failed   broker: may not publish states: not authorized for lightnvr/state/lightnvr_mqtt_check/probe ->"
                        + " let this user write lightnvr/# (Mosquitto: acl_file)");

        assertThat(checked.line("may say whether the bridge is there")).startsWith("ok ");
        assertThat(checked.line("may be told of devices")).startsWith("ok ");
    }

    @Test
    void tellsWhomItTrusts() {
        Certificates certificates = new Certificates(bed, "our-ca");
        Checked checked = check(tls(certificates.server(OUR_NAMES), certificates));

        assertThat(checked.line("we trust it"))
                .startsWith("ok ")
                .contains("its certificate is for localhost, 127.0.0.1, signed by CN=our-ca, valid until 20");
        assertThat(checked.line("lets us in")).startsWith("ok ");
    }

    @Test
    void tellsAWrongAuthority() {
        List<String> server = new Certificates(bed, "our-ca").server(OUR_NAMES);

        Checked checked = check(tls(server, new Certificates(bed, "another-ca")));

        assertThat(checked.status()).isOne();
        assertThat(checked.line("is not signed by an authority that we trust"))
                .startsWith("failed   broker: ")
                .contains("mqtt.tls_ca_file")
                .contains("signed by CN=our-ca");
    }

    @Test
    void tellsACertificateThatIsNoMoreValid() {
        Certificates certificates = new Certificates(bed, "our-ca");

        Checked checked = check(tls(certificates.expiredServer(OUR_NAMES), certificates));

        assertThat(checked.status()).isOne();
        assertThat(checked.line("not valid now"))
                .startsWith("failed   broker: ")
                .contains("valid until 20");
    }

    @Test
    void tellsACertificateOfAnotherHost() {
        Certificates certificates = new Certificates(bed, "our-ca");

        Checked checked = check(tls(certificates.server("DNS:broker.example"), certificates));

        assertThat(checked.status()).isOne();
        assertThat(checked.line("is for another host name"))
                .startsWith("failed   broker: ")
                .contains("its certificate is for broker.example");
    }

    @Test
    void tellsAPacketSizeThatIsTooSmallForADevice() {
        Mosquitto broker = bed.broker("allow_anonymous true", "max_packet_size 3000");

        Checked checked = check(BridgeOptions.of(recorder, broker.port()));

        assertThat(checked.status()).isOne();
        assertThat(checked.line("takes packets of at most 3000 bytes"))
                .startsWith("failed   broker: ")
                .endsWith(" -> raise its limit (Mosquitto: max_packet_size)");
    }

    @Test
    void tellsFewMessagesInFlight() {
        Mosquitto broker = bed.broker("allow_anonymous true", "max_inflight_messages 5");

        Checked checked = check(BridgeOptions.of(recorder, broker.port()));

        assertThat(checked.line("takes only 5 messages")).startsWith("warning ");
        assertThat(checked.status()).isZero();
    }

    @Test
    void tellsThatNobodyListensAndThatHomeAssistantWasHeard() {
        Mosquitto broker = bed.broker();
        Program birth = bed.program(
                "birth",
                Map.of(),
                List.of(
                        "mosquitto_pub",
                        "-p",
                        String.valueOf(broker.port()),
                        "-r",
                        "-t",
                        "homeassistant/status",
                        "-m",
                        "online"));
        birth.exitStatus(Arrivals.PATIENCE);

        Checked checked = check(BridgeOptions.of(recorder, broker.port()));

        assertThat(checked.lines()).contains("ok       Home Assistant: says on homeassistant/status: online");
        assertThat(checked.line("nobody listens to homeassistant/#"))
                .startsWith("warning ")
                .contains(" -> start Home Assistant");
    }

    @Test
    void findsTheBrokerThatTheSupervisorKnowsOrTellsThatThereIsNone() {
        FakeSupervisor supervisor = bed.own(FakeSupervisor.start());
        String options = BridgeOptions.ofAddOn(recorder.url()).write(bed).toString();
        List<String> environment = new ArrayList<>(List.of("env"));
        supervisor.environment().forEach((name, value) -> environment.add(name + "=" + value));

        Checked none = checked(BridgeProcess.start(bed, environment, "check", "--config", options));
        Mosquitto broker = bed.broker();
        supervisor.tellBroker(broker.port(), "", "");
        Checked found = checked(BridgeProcess.start(bed, environment, "check", "--config", options));

        assertThat(none.lines())
                .contains("failed   broker: No MQTT broker: install and start the Mosquitto broker add-on, or set"
                        + " mqtt.broker_host");
        assertThat(found.lines())
                .contains("ok       broker: is 127.0.0.1:" + broker.port() + ", as the Supervisor tells");
    }

    @Test
    void tellsARecorderThatIsNotThere() {
        recorder.stopListening();

        Checked checked = check(BridgeOptions.of(recorder, bed.broker().port()));

        assertThat(checked.status()).isOne();
        assertThat(checked.line("does not open: Connection refused"))
                .startsWith("failed   recorder: port " + recorder.port() + " of 127.0.0.1 ")
                .endsWith(" or correct nvr.url");
        assertThat(checked.line("lets us in")).startsWith("ok ");
    }

    @Test
    void tellsAServerThatIsNoRecorder() {
        recorder.faults().answerCallsWithHtml("/");

        Checked checked = check(BridgeOptions.of(recorder, bed.broker().port()));

        assertThat(checked.status()).isOne();
        assertThat(checked.line("is not what a LightNVR answers")).startsWith("failed   recorder: ");
    }

    @Test
    void tellsARecorderThatHangs() throws IOException {
        SilentServer silent = bed.own(new SilentServer());
        URI url = URI.create("http://127.0.0.1:" + silent.port());

        Checked checked = check(BridgeOptions.of(url, bed.broker().port()));

        assertThat(checked.status()).isOne();
        assertThat(checked.line("did not finish its answer")).startsWith("failed   recorder: ");
    }

    @Test
    void tellsALoginThatIsRefusedAndOneThatIsAccepted() {
        SimulatedRecorder guarded =
                bed.recorder(RecorderSetup.open().withAccounts(Account.admin("anna", "s3cret", "k3y")));
        int broker = bed.broker().port();
        BridgeOptions options = BridgeOptions.of(guarded, broker).nvr("username", "anna");

        Checked refused = check(options.nvr("password", "wr0ng"));
        Checked accepted = check(options.nvr("password", "s3cret"));

        assertThat(refused.status()).isOne();
        assertThat(refused.line("refuses the login of anna"))
                .startsWith("failed   recorder: ")
                .contains("check nvr.username and nvr.password")
                .doesNotContain("wr0ng");
        assertThat(accepted.lines()).contains("ok       recorder: accepts the login of anna (admin)");
    }

    @Test
    void tellsStreamsThatAreDownClocksThatDifferAndPublishersInTheWay() {
        Instant tomorrow = Instant.now().plus(Duration.ofMinutes(7));
        SimulatedRecorder strange = bed.recorder(RecorderSetup.open().withClock(() -> tomorrow));
        strange.streams().add(RecorderStream.running("front_door"));
        strange.streams().add(RecorderStream.stopped("yard"));
        Mosquitto broker = bed.broker();
        strange.setNativePublisher(
                new NativePublisher(true, "localhost", broker.port(), "lightnvr-mqtt", "lightnvr", true));

        Checked checked = check(BridgeOptions.of(strange, broker.port()));

        assertThat(checked.status()).isZero();
        assertThat(checked.line("ahead of ours")).startsWith("warning  recorder: its clock is 4");
        assertThat(checked.line("has 2 streams, 2 of them enabled, 1 up")).startsWith("warning ");
        assertThat(checked.line("no running stream has detected anything")).startsWith("warning ");
        assertThat(checked.line("publishes to lightnvr/detections itself")).contains("switch MQTT off");
        assertThat(checked.line("announces entities of its own")).startsWith("warning ");
        assertThat(checked.line("uses the client id lightnvr-mqtt at our broker"))
                .startsWith("warning ");
    }

    @Test
    void tellsWhatWaitsInTheStoreAndWhetherItIsSound() throws IOException {
        Mosquitto broker = bed.broker();
        BridgeOptions options = BridgeOptions.of(recorder, broker.port());
        BridgeProcess bridge = BridgeProcess.run(bed, options);
        bridge.awaitLog("Connected to the broker");
        broker.stop();
        Camera camera = Camera.of(recorder, "yard").awaitWatched();
        camera.sees(Row.wholePicture("cat", 0.9f));
        StoreFile.of(bed).awaitWaiting(1, Arrivals.PATIENCE);
        bridge.program().kill();
        broker.start();

        Checked waiting = check(options);
        for (String part : List.of("-wal", "-shm")) {
            Files.delete(Path.of(StoreFile.of(bed).path() + part));
        }
        Files.writeString(StoreFile.of(bed).path(), "no database at all, and longer than a header ".repeat(100));
        Checked damaged = check(options);

        assertThat(waiting.line("1 events wait in the store"))
                .startsWith("warning  data folder: ")
                .endsWith(" -> start the bridge: it sends them");
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
        Checked full = checked(BridgeProcess.start(bed, prefix, "check", "--config", config, "--data", folder));
        disk.makeReadOnly();
        Checked readOnly = checked(BridgeProcess.start(bed, prefix, "check", "--config", config, "--data", folder));

        assertThat(full.line("only 0 MiB are free")).startsWith("failed   data folder: ");
        assertThat(readOnly.line(folder + " cannot be written")).startsWith("failed   data folder: ");
    }

    private Mosquitto guarded(String... more) {
        List<String> lines = new ArrayList<>(List.of(
                "allow_anonymous false",
                "password_file " + Mosquitto.passwords(bed, "anna:s3cret", "listener:l1sten")));
        lines.addAll(List.of(more));
        return bed.broker(lines.toArray(String[]::new));
    }

    private BridgeOptions tls(List<String> server, Certificates trusted) {
        Mosquitto broker = bed.broker(server.toArray(String[]::new));
        return BridgeOptions.of(recorder, broker.port())
                .mqtt("tls_enabled", true)
                .mqtt("tls_ca_file", trusted.authority().toString());
    }

    private List<Heard> kept(Mosquitto broker) {
        Program program = bed.program(
                "kept",
                Map.of(),
                List.of(
                        "mosquitto_sub",
                        "-p",
                        String.valueOf(broker.port()),
                        "-V",
                        "5",
                        "-t",
                        "#",
                        "--retained-only",
                        "-W",
                        "1",
                        "-F",
                        Heard.FORMAT));
        program.exitStatus(Arrivals.PATIENCE);
        return program.output().all().stream()
                .map(Heard::of)
                .filter(heard -> !heard.topic().equals("lightnvr/bridge/state"))
                .toList();
    }

    private Checked fails(BridgeOptions options, String line) {
        Checked checked = check(options);
        assertThat(checked.status()).isOne();
        assertThat(checked.lines()).contains(line);
        return checked;
    }

    private Checked check(BridgeOptions options) {
        return check("--config", options.write(bed).toString());
    }

    private Checked check(String... arguments) {
        List<String> all = new ArrayList<>(List.of("check"));
        all.addAll(List.of(arguments));
        return checked(BridgeProcess.start(bed, all.toArray(String[]::new)));
    }

    private static Checked checked(BridgeProcess process) {
        int status = process.exitStatus();
        assertThat(process.log().all()).isEmpty();
        return new Checked(status, process.program().output().all());
    }

    /** How a check ended. */
    private record Checked(int status, List<String> lines) {

        String line(String text) {
            return lines.stream()
                    .filter(line -> line.contains(text))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("No line with " + text + " in " + lines));
        }
    }
}
