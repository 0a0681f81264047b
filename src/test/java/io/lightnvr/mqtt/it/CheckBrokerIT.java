package io.lightnvr.mqtt.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.supervisor.FakeSupervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code check} against a broker in each way that it should not be. */
@Execution(ExecutionMode.CONCURRENT)
class CheckBrokerIT {

    private static final String OUR_NAMES = "DNS:localhost,IP:127.0.0.1";

    @RegisterExtension
    final TestBed bed = new TestBed();

    private SimulatedRecorder recorder;

    @BeforeEach
    void startARecorderThatSeesSomething() {
        recorder = Checked.soundRecorder(bed);
    }

    @Test
    void tellsAClosedPortOfTheBroker() {
        int port = Ports.free();

        fails(
                BridgeOptions.of(recorder, port),
                "failed   broker: cannot connect to port " + port + " of localhost: Connection refused -> start it,"
                        + " or correct mqtt.broker_host and mqtt.broker_port; in a container, localhost is the container"
                        + " itself");
    }

    @Test
    void tellsANameWithoutAnAddress() {
        fails(
                BridgeOptions.of(recorder, 1883).mqtt("broker_host", "broker.invalid"),
                "failed   broker: the name broker.invalid cannot be resolved on this machine -> correct mqtt.broker_host and"
                        + " mqtt.broker_port, or use the IP address instead of the name");
    }

    @Test
    void tellsAWrongPassword() {
        Mosquitto broker = guarded();
        BridgeOptions options = BridgeOptions.of(recorder, broker.port()).mqtt("username", "anna");

        fails(
                options.mqtt("password", "wr0ng"),
                "failed   broker: The broker localhost:" + broker.port()
                        + " refuses the connection: not authorized; check mqtt.username and"
                        + " mqtt.password, or check what the broker allows this user");
    }

    @Test
    void tellsABrokerThatAllowsEachUserOneConnection() {
        Mosquitto broker = guarded("use_username_as_clientid true");
        BridgeOptions options = BridgeOptions.of(recorder, broker.port()).mqtt("username", "anna");

        fails(
                options.mqtt("password", "s3cret"),
                "failed   broker: ends a connection of this user when another one comes, whatever its client id is -> let"
                        + " the user have several, which the bridge needs: in Mosquitto, turn use_username_as_clientid off");
    }

    @Test
    void tellsAnAclWithoutDiscovery() throws IOException {
        Path acl = bed.folder().resolve("acl");
        Files.writeString(acl, "user anna\ntopic readwrite lightnvr/#\n");
        BridgeOptions options =
                BridgeOptions.of(recorder, guarded("acl_file " + acl).port());

        Checked checked = fails(
                options.mqtt("username", "anna").mqtt("password", "s3cret"),
                "failed   Home Assistant: the broker does not allow announcing devices: not authorized for"
                        + " homeassistant/device/lightnvr_mqtt_check/config -> give this user write access to"
                        + " homeassistant/device/# (Mosquitto: acl_file)");

        assertThat(checked.line("allows publishing states")).startsWith("ok ");
    }

    @Test
    void tellsAnAclWithoutOurTopics() throws IOException {
        Path acl = bed.folder().resolve("acl");
        Files.writeString(acl, "user anna\ntopic readwrite homeassistant/#\ntopic readwrite lightnvr/availability/#\n");
        BridgeOptions options =
                BridgeOptions.of(recorder, guarded("acl_file " + acl).port());

        Checked checked = fails(
                options.mqtt("username", "anna").mqtt("password", "s3cret"),
                "failed   broker: does not allow publishing states: not authorized for lightnvr/state/lightnvr_mqtt_check/probe ->"
                        + " give this user write access to lightnvr/# (Mosquitto: acl_file)");

        assertThat(checked.line("allows publishing the bridge's availability")).startsWith("ok ");
        assertThat(checked.line("the broker allows announcing devices")).startsWith("ok ");
    }

    @Test
    void tellsWhomItTrusts() {
        Certificates certificates = new Certificates(bed, "our-ca");
        Checked checked = Checked.check(bed, tls(certificates.server(OUR_NAMES), certificates));

        assertThat(checked.line("is trusted by the authorities in "))
                .startsWith("ok ")
                .contains("its certificate is for localhost, 127.0.0.1, signed by CN=our-ca, valid until 20");
        assertThat(checked.line("accepts the connection")).startsWith("ok ");
    }

    @Test
    void tellsAWrongAuthority() {
        List<String> server = new Certificates(bed, "our-ca").server(OUR_NAMES);

        Checked checked = Checked.check(bed, tls(server, new Certificates(bed, "another-ca")));

        assertThat(checked.status()).isOne();
        assertThat(checked.line("is not signed by a trusted authority"))
                .startsWith("failed   broker: ")
                .contains("mqtt.tls_ca_file")
                .contains("signed by CN=our-ca");
    }

    @Test
    void tellsACertificateThatIsNoMoreValid() {
        Certificates certificates = new Certificates(bed, "our-ca");

        Checked checked = Checked.check(bed, tls(certificates.expiredServer(OUR_NAMES), certificates));

        assertThat(checked.status()).isOne();
        assertThat(checked.line("not valid now"))
                .startsWith("failed   broker: ")
                .contains("valid until 20");
    }

    @Test
    void tellsACertificateThatEndsSoon() {
        Certificates certificates = new Certificates(bed, "our-ca");

        Checked checked = Checked.check(bed, tls(certificates.endingServer(OUR_NAMES), certificates));

        assertThat(checked.status()).isZero();
        assertThat(checked.line("which is soon"))
                .startsWith("warning  broker: ")
                .contains("signed by CN=our-ca, valid until 20")
                .endsWith(" -> renew it at the broker");
    }

    @Test
    void tellsThatOurOwnCertificateEndsSoon() {
        Certificates certificates = new Certificates(bed, "our-ca");
        Certificates.Client own = certificates.endingClient("nvr-bridge");

        Checked checked = Checked.check(
                bed,
                tls(certificates.server(OUR_NAMES), certificates)
                        .mqtt("tls_cert_file", own.certificate().toString())
                        .mqtt("tls_key_file", own.key().toString()));

        assertThat(checked.status()).isZero();
        assertThat(checked.line("which is soon"))
                .startsWith("warning  broker: the bridge's certificate (mqtt.tls_cert_file) is valid until 20")
                .endsWith(" -> renew it; afterwards the broker refuses the bridge");
    }

    @Test
    void tellsACertificateOfAnotherHost() {
        Certificates certificates = new Certificates(bed, "our-ca");

        Checked checked = Checked.check(bed, tls(certificates.server("DNS:broker.example"), certificates));

        assertThat(checked.status()).isOne();
        assertThat(checked.line("is for another host name"))
                .startsWith("failed   broker: ")
                .contains("its certificate is for broker.example");
    }

    @Test
    void tellsAPacketSizeThatIsTooSmallForADevice() {
        Mosquitto broker = bed.broker("allow_anonymous true", "max_packet_size 3000");

        Checked checked = Checked.check(bed, BridgeOptions.of(recorder, broker.port()));

        assertThat(checked.status()).isOne();
        assertThat(checked.line("accepts packets of at most 3000 bytes"))
                .startsWith("failed   broker: ")
                .endsWith(" -> raise its limit (Mosquitto: max_packet_size)");
    }

    @Test
    void tellsFewMessagesInFlight() {
        Mosquitto broker = bed.broker("allow_anonymous true", "max_inflight_messages 5");

        Checked checked = Checked.check(bed, BridgeOptions.of(recorder, broker.port()));

        assertThat(checked.line("accepts only 5 unacknowledged messages")).startsWith("warning ");
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
        assertThat(birth.exitStatus(Arrivals.PATIENCE)).isZero();

        Checked checked = Checked.check(bed, BridgeOptions.of(recorder, broker.port()));

        assertThat(checked.lines())
                .contains("ok       Home Assistant: its last status on homeassistant/status is online");
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

        Checked none = Checked.of(BridgeProcess.start(bed, environment, "check", "--config", options));
        Mosquitto broker = bed.broker();
        supervisor.tellBroker(broker.port(), "", "");
        Checked found = Checked.of(BridgeProcess.start(bed, environment, "check", "--config", options));

        assertThat(none.lines())
                .contains("failed   broker: No MQTT broker: install and start the Mosquitto broker add-on, or set"
                        + " mqtt.broker_host");
        assertThat(found.lines())
                .contains("ok       broker: is 127.0.0.1:" + broker.port() + ", according to the Supervisor");
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
        bridge.awaitLog("trying the id lightnvr-mqtt-bridge once");
        Subscriber.start(bed, broker, "listener", "lightnvr/bridge/state")
                .await("its figures", heard -> heard.payload().contains("lightnvr-mqtt-bridge"));

        Checked checked = Checked.check(bed, options);

        assertThat(checked.line("another client uses the client id lightnvr-mqtt"))
                .startsWith("warning  broker: ")
                .endsWith(" -> stop that client, or give one of the two another mqtt.client_id");
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

    private Checked fails(BridgeOptions options, String line) {
        Checked checked = Checked.check(bed, options);
        assertThat(checked.status()).isOne();
        assertThat(checked.lines()).contains(line);
        return checked;
    }
}
