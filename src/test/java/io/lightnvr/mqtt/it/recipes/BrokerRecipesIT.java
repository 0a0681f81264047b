package io.lightnvr.mqtt.it.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.documents.Example;
import io.lightnvr.mqtt.it.Arrivals;
import io.lightnvr.mqtt.it.BridgeProcess;
import io.lightnvr.mqtt.it.Program;
import io.lightnvr.mqtt.it.Python;
import io.lightnvr.mqtt.it.RecorderProgram;
import io.lightnvr.mqtt.it.TestBed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The steps of {@code docs/recipes/broker.md}, done as they stand there, with login.conf, tls.conf,
 * client-certificates.conf, acl and acl-two-recorders; then a real Mosquitto with that, and the bridge.
 */
@Execution(ExecutionMode.CONCURRENT)
class BrokerRecipesIT {

    private static final String NOWHERE = "nvr: {url: 'http://localhost:1'}\n";
    private static final String PLACE = "192.168.1.10";
    private static final String BRIDGE_DEVICE = "homeassistant/device/lightnvr_mqtt_bridge/config";
    private static final String STREAM_DEVICE = "homeassistant/device/lightnvr_mqtt_stream_front_door/config";
    private static final List<String> BRIDGE = List.of("-u", "lightnvr", "-P", "cameras-see-a-lot");
    private static final List<String> GARAGE = List.of("-u", "garage", "-P", "nobody-parks-here");
    private static final List<String> HOME_ASSISTANT = List.of("-u", "homeassistant", "-P", "lights-on-at-dusk");
    private static final List<String> READER = List.of("-u", "reader", "-P", "only-listens");

    @RegisterExtension
    final TestBed bed = new TestBed();

    private BrokerMachine machine;

    @BeforeEach
    void enterTheMachine() {
        machine = BrokerMachine.enter(bed);
    }

    @Test
    void theLoginLetsTheBridgeDoEverything() {
        withLogins();
        Program topics = listen("homeassistant", HOME_ASSISTANT, "#");
        Program reader = machine.shell("reader", Example.READER.text());
        awaitSubscriptions(2);
        RecorderProgram recorder = RecorderProgram.start(bed, "front_door");
        Path configuration = configuration(
                "house",
                Example.LOGIN.text() + "home_assistant:\n  images: true\n  snapshots: 10s\n  clear_after: 10\n");

        run(configuration, recorder);
        recorder.awaitWatched().sees("person:0.92");

        for (String topic : List.of(
                "lightnvr/detections/front_door",
                "lightnvr/events/front_door",
                "lightnvr/state/front_door",
                "lightnvr/availability",
                "lightnvr/availability/front_door",
                "lightnvr/bridge/state",
                "lightnvr/bridge/announced",
                "lightnvr/image/front_door",
                "lightnvr/snapshot/front_door",
                BRIDGE_DEVICE,
                STREAM_DEVICE)) {
            topics.output().await(topic, topic::equals);
        }
        reader.output().await("the event", line -> line.startsWith("lightnvr/detections/front_door {\"stream\""));
        say(HOME_ASSISTANT, "homeassistant/status", "online");
        topics.output().await("the device after Home Assistant's start", 2, STREAM_DEVICE::equals);
        say(HOME_ASSISTANT, "lightnvr/bridge/announce", "PRESS");
        topics.output().await("the device after the button", 3, STREAM_DEVICE::equals);
        assertThat(publish(configuration).exitStatus()).isZero();
        machine.awaitClient("lightnvr-mqtt-publish", "lightnvr");
        BridgeProcess check = command("check", "--config", configuration.toString(), "--nvr", recorder.url());
        assertThat(check.exitStatus()).as(check::printed).isZero();
        machine.awaitClient("lightnvr-mqtt-check", "lightnvr");
        assertThat(denied()).isEmpty();
    }

    @Test
    void theBridgesUserMayDoNothingElse() {
        withLogins();
        Program bridge = listen("bridge", BRIDGE, "#");
        Program homeAssistant = listen("homeassistant", HOME_ASSISTANT, "#");
        awaitSubscriptions(2);

        say(HOME_ASSISTANT, "zigbee2mqtt/lamp", "on");
        say(HOME_ASSISTANT, "homeassistant/light/lamp/config", "{}");
        say(HOME_ASSISTANT, "lightnvr/detections/front_door", "{}");
        say(HOME_ASSISTANT, "homeassistant/status", "offline");
        List<String> outside = List.of(
                "zigbee2mqtt/lamp/set", "homeassistant/status", "homeassistant/light/lamp/config", "lightnvr2/state/x");
        outside.forEach(topic -> say(BRIDGE, topic, "forged"));
        say(BRIDGE, "lightnvr/events/front_door", "{}");

        bridge.output().await("Home Assistant's farewell", "homeassistant/status"::equals);
        assertThat(bridge.output().all()).containsExactly("homeassistant/status");
        homeAssistant.output().await("what is allowed", "lightnvr/events/front_door"::equals);
        assertThat(homeAssistant.output().all()).containsOnlyOnce("homeassistant/status");
        List<String> denied = awaitDenied(outside.size());
        outside.forEach(topic -> assertThat(denied).anyMatch(line -> line.contains("'" + topic + "'")));
    }

    @Test
    void theReaderOnlyHearsAndOthersAreNotLetIn() {
        withLogins();
        Program reader = listen("reader", READER, "#");
        awaitSubscriptions(1);

        say(READER, "lightnvr/bridge/announce", "PRESS");
        say(HOME_ASSISTANT, "homeassistant/status", "online");
        say(BRIDGE, "lightnvr/availability", "online");

        reader.output().await("the availability", "lightnvr/availability"::equals);
        assertThat(reader.output().all()).containsExactly("lightnvr/availability");
        assertThat(awaitDenied(1)).singleElement().asString().contains("'lightnvr/bridge/announce'");
        assertThat(publisher(List.of(), "lightnvr/availability", "online").exitStatus(Arrivals.PATIENCE))
                .isNotZero();
        assertThat(publisher(List.of("-u", "lightnvr", "-P", "guessed"), "lightnvr/availability", "online")
                        .exitStatus(Arrivals.PATIENCE))
                .isNotZero();
    }

    @Test
    void twoRecordersStandSideBySide() {
        withLogins();
        machine.run(Example.TWO_RECORDERS_STEPS.text());
        machine.restartMosquitto();
        Program topics = listen("homeassistant", HOME_ASSISTANT, "#");
        Program reader = listen("reader", READER, "+/detections/#");
        awaitSubscriptions(2);
        RecorderProgram first = RecorderProgram.start(bed, "front_door");
        RecorderProgram second = RecorderProgram.start(bed, "front_door");

        run(configuration("house", Example.LOGIN.text()), first);
        run(configuration("garage", Example.TWO_RECORDERS.text()), second);
        machine.awaitClient("lightnvr-mqtt", "lightnvr");
        machine.awaitClient("lightnvr-mqtt-garage", "garage");
        first.awaitWatched().sees("person:0.92");
        second.awaitWatched().sees("car:0.8");

        for (String topic : List.of(
                BRIDGE_DEVICE,
                STREAM_DEVICE,
                "homeassistant/device/lightnvr_mqtt_garage_bridge/config",
                "homeassistant/device/lightnvr_mqtt_garage_stream_front_door/config",
                "lightnvr/state/front_door",
                "garage/state/front_door")) {
            topics.output().await(topic, topic::equals);
        }
        reader.output().await("an event of the first", "lightnvr/detections/front_door"::equals);
        reader.output().await("an event of the second", "garage/detections/front_door"::equals);
        assertThat(denied()).isEmpty();
        say(GARAGE, "lightnvr/availability", "offline");
        say(BRIDGE, "garage/availability", "offline");
        assertThat(awaitDenied(2)).hasSize(2);
    }

    @Test
    void theStepsLeadToTls() {
        machine.run(Example.LOGIN_STEPS.text());
        makeAuthorityAndBrokerCertificate();
        machine.run(Example.TLS_STEPS.text());
        machine.startMosquitto();
        Path configuration = configuration("house", Example.TLS.text());
        copy(machine.file("certs/ca.crt"), configuration);
        RecorderProgram recorder = RecorderProgram.start(bed, "front_door");

        run(configuration, recorder);

        machine.awaitClient("lightnvr-mqtt", "lightnvr");
        Program reader = machine.shell("reader", Example.TLS_READER.text());
        awaitSubscriptions(1);
        recorder.awaitWatched().sees("person:0.92");
        reader.output().await("the event", line -> line.contains("\"label\":\"person\""));
        BridgeProcess check = command("check", "--config", configuration.toString(), "--nvr", recorder.url());
        assertThat(check.exitStatus()).as(check::printed).isZero();
        assertThat(check.printed()).contains("is trusted by", "mqtt.example.org, 192.168.1.10");
        machine.run("test \"$(stat -c %a /etc/mosquitto/ca)\" = 700");
        // As Python does it since 3.13, and so Home Assistant.
        machine.run("cd /etc/mosquitto/ca; openssl verify -x509_strict -CAfile ca.crt broker.crt");
    }

    @Test
    void certificatesStandForPasswords() {
        makeAuthorityAndBrokerCertificate();
        String clients = Example.CLIENT_CERTIFICATES.text();
        machine.run(clients);
        machine.run(clients.replace("in lightnvr homeassistant reader", "in stranger"));
        machine.run(Example.CLIENT_CERTIFICATES_STEPS.text());
        machine.startMosquitto();
        Program topics =
                machine.shell("homeassistant", "exec mosquitto_sub -t '#' -F %t " + certificate("homeassistant"));
        awaitSubscriptions(1);
        RecorderProgram recorder = RecorderProgram.start(bed, "front_door");
        Path configuration = configuration("house", Example.CLIENT_CERTIFICATE.text());
        for (String file : List.of("ca/ca.crt", "ca/lightnvr.crt", "ca/lightnvr.key")) {
            copy(machine.file(file), configuration);
        }

        run(configuration, recorder);
        recorder.awaitWatched().sees("person:0.92");

        machine.awaitClient("lightnvr-mqtt", "lightnvr");
        topics.output().await("the event", "lightnvr/detections/front_door"::equals);
        topics.output().await("the device", STREAM_DEVICE::equals);
        assertThat(publish(configuration).exitStatus()).isZero();
        assertThat(denied()).isEmpty();
        machine.run("mosquitto_pub -V mqttv5 -q 1 -t lightnvr/state/front_door -m forged " + certificate("stranger"));
        assertThat(awaitDenied(1)).singleElement().asString().contains("'lightnvr/state/front_door'");
        Program nobody = machine.shell(
                "nobody", "mosquitto_pub -h mqtt.example.org -p 8883 --cafile /etc/mosquitto/ca/ca.crt -t a -m b");
        assertThat(nobody.exitStatus(Arrivals.PATIENCE)).isNotZero();
    }

    @Test
    void aServiceGetsTheAuthority() throws IOException {
        machine.run(Example.LOGIN_STEPS.text());
        makeAuthorityAndBrokerCertificate();
        machine.run(Example.TLS_STEPS.text());
        machine.startMosquitto();
        BridgeService service = new BridgeService(bed, machine);
        service.configure(Example.TLS.text() + NOWHERE);
        service.install(Example.TLS_SERVICE_STEPS.text());

        service.start();

        machine.awaitClient("lightnvr-mqtt", "lightnvr");
    }

    @Test
    void aServiceGetsItsCertificateAndKey() throws IOException {
        makeAuthorityAndBrokerCertificate();
        machine.run(Example.CLIENT_CERTIFICATES.text());
        machine.run(Example.CLIENT_CERTIFICATES_STEPS.text());
        machine.startMosquitto();
        BridgeService service = new BridgeService(bed, machine);
        service.configure(Example.CLIENT_CERTIFICATE.text() + NOWHERE);
        service.install(Example.TLS_SERVICE_STEPS.text());
        service.install(Example.CLIENT_CERTIFICATE_SERVICE_STEPS.text());

        service.start();

        machine.awaitClient("lightnvr-mqtt", "lightnvr");
    }

    @Test
    void aCertificateCanBeTakenBack() {
        makeAuthorityAndBrokerCertificate();
        machine.run(Example.CLIENT_CERTIFICATES.text());
        machine.run("cd /etc/mosquitto/ca; openssl verify -x509_strict -CAfile ca.crt lightnvr.crt reader.crt");
        machine.run(Example.CLIENT_CERTIFICATES_STEPS.text());
        machine.startMosquitto();
        Program listener = machine.shell(
                "listen.py",
                Example.READER_WITH_CERTIFICATE
                        .text()
                        .replace("python3 ~/lightnvr-mqtt", Python.bin().resolve("python3") + " \"$OLDPWD\""));
        listener.output()
                .await("the script to be let in", line -> line.startsWith("Connected to mqtt.example.org:8883"));

        machine.run(Example.LOST_KEY.text());
        machine.run(Example.LOST_KEY.text().replace("-revoke reader.crt", "-revoke homeassistant.crt"));
        machine.restartMosquitto();

        machine.run("mosquitto_pub -q 1 -t lightnvr/state/front_door -m {} " + certificate("lightnvr"));
        for (String taken : List.of("reader", "homeassistant")) {
            Program refused = machine.shell(taken, "exec mosquitto_pub -q 1 -t a -m b " + certificate(taken));
            assertThat(refused.exitStatus(Arrivals.PATIENCE)).as(taken).isNotZero();
        }
    }

    private void withLogins() {
        machine.run(Example.LOGIN_STEPS.text());
        machine.startMosquitto();
    }

    private void makeAuthorityAndBrokerCertificate() {
        machine.run(Example.AUTHORITY.text());
        machine.run(Example.BROKER_CERTIFICATE.text());
    }

    /** A bridge's configuration in a folder of its own. */
    private Path configuration(String folder, String text) {
        try {
            return Files.writeString(bed.newFolder(folder).resolve("lightnvr-mqtt.yaml"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path file, Path beside) {
        try {
            Files.copy(file, beside.resolveSibling(file.getFileName()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(Path configuration, RecorderProgram recorder) {
        command("run", "--config", configuration.toString(), "--nvr", recorder.url());
    }

    private BridgeProcess publish(Path configuration) {
        return command("publish", "--stream", "front_door", "--label", "cat", "--config", configuration.toString());
    }

    /** Where the name mqtt.example.org is known. */
    private BridgeProcess command(String... arguments) {
        return BridgeProcess.start(bed, machine.prefix(), arguments);
    }

    /** Hears which topics there are messages on. */
    private Program listen(String name, List<String> login, String topicFilter) {
        List<String> command =
                new ArrayList<>(List.of("mosquitto_sub", "-h", PLACE, "-i", name, "-t", topicFilter, "-F", "%t"));
        command.addAll(login);
        return machine.program(name, command.toArray(String[]::new));
    }

    /** Publishes, and waits until the broker has taken or refused it. */
    private void say(List<String> login, String topic, String text) {
        assertThat(publisher(login, topic, text).exitStatus(Arrivals.PATIENCE)).isZero();
    }

    private Program publisher(List<String> login, String topic, String text) {
        List<String> command = new ArrayList<>(
                List.of("mosquitto_pub", "-V", "mqttv5", "-h", PLACE, "-q", "1", "-t", topic, "-m", text));
        command.addAll(login);
        return machine.program("publisher", command.toArray(String[]::new));
    }

    /** Waits for so many subscribers other than the bridge, since Mosquitto was started last. */
    private void awaitSubscriptions(int count) {
        machine.log()
                .await(
                        "subscriptions",
                        count,
                        line -> line.contains("Sending SUBACK to ")
                                && !line.contains("Sending SUBACK to lightnvr-mqtt"));
    }

    private List<String> denied() {
        return machine.log().all(line -> line.contains("Denied PUBLISH"));
    }

    private List<String> awaitDenied(int count) {
        return machine.log().await("denials", count, line -> line.contains("Denied PUBLISH"));
    }

    private static String certificate(String name) {
        return "-h mqtt.example.org -p 8883 --cafile /etc/mosquitto/ca/ca.crt --cert /etc/mosquitto/ca/" + name
                + ".crt --key /etc/mosquitto/ca/" + name + ".key";
    }

    private static String join(List<String> words) {
        return String.join(" ", words);
    }
}
