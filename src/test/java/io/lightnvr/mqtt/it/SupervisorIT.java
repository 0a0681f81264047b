package io.lightnvr.mqtt.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.supervisor.FakeSupervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The bridge as an add-on that was told nothing about the broker. */
@Execution(ExecutionMode.CONCURRENT)
class SupervisorIT {

    private static final String NO_BROKER =
            "No MQTT broker: install and start the Mosquitto broker add-on, or set mqtt.broker_host";

    @RegisterExtension
    final TestBed bed = new TestBed();

    private FakeSupervisor supervisor;

    @BeforeEach
    void startASupervisor() {
        supervisor = bed.own(FakeSupervisor.start());
    }

    @Test
    void comesInWithTheLoginThatTheSupervisorTells() {
        Mosquitto broker = guarded("addons:s3cret");
        supervisor.tellBroker(broker.port(), "addons", "s3cret");

        BridgeProcess bridge = run(addOn());

        broker.awaitClient("lightnvr-mqtt");
        bridge.awaitLog("Connected to the broker 127.0.0.1:" + broker.port() + " as lightnvr-mqtt");
        assertThat(bridge.logText()).doesNotContain("s3cret");
    }

    @Test
    void waitsForABrokerAndSaysOnceThatThereIsNone() {
        BridgeProcess bridge = run(addOn());
        bridge.awaitLog(NO_BROKER);
        Eventually.isSo("asked again", () -> supervisor.questions() > 2);
        Mosquitto broker = bed.broker();

        supervisor.tellBroker(broker.port(), "addons", "s3cret");

        broker.awaitClient("lightnvr-mqtt");
        assertThat(bridge.logged("No MQTT broker")).isEqualTo(1);
        assertThat(bridge.terminate()).isZero();
    }

    @Test
    void asksForANewPasswordWhenTheConnectionIsLost() {
        Mosquitto broker = guarded("addons:first");
        supervisor.tellBroker(broker.port(), "addons", "first");
        BridgeProcess bridge = run(addOn());
        broker.awaitClient("lightnvr-mqtt");

        broker.stop();
        Mosquitto.passwords(bed, "addons:second");
        supervisor.tellBroker(broker.port(), "addons", "second");
        broker.start();

        broker.awaitClient("lightnvr-mqtt");
        assertThat(bridge.terminate()).isZero();
    }

    @Test
    void saysWhatToDoWhenTheBrokerRefusesTheSupervisorsPassword() {
        Mosquitto broker = guarded("addons:s3cret");
        supervisor.tellBroker(broker.port(), "addons", "0ld");

        BridgeProcess bridge = run(addOn());

        assertThat(bridge.awaitLog("refuses the connection: not authorized"))
                .contains("restart the Mosquitto broker add-on, which then sets a new password")
                .doesNotContain("0ld");
        assertThat(bridge.terminate()).isZero();
    }

    /** After a refusal the bridge waits for a minute. */
    @Test
    void comesInOnceTheSupervisorKnowsThePasswordThatTheBrokerTakes() {
        Mosquitto broker = guarded("addons:s3cret");
        supervisor.tellBroker(broker.port(), "addons", "0ld");
        BridgeProcess bridge = run(addOn());
        bridge.awaitLog("refuses the connection: not authorized");

        supervisor.tellBroker(broker.port(), "addons", "s3cret");

        assertThat(Eventually.within(Duration.ofMinutes(3), () -> bridge.logged("Connected to the broker") == 1))
                .isTrue();
        assertThat(bridge.logged("refuses the connection: not authorized")).isOne();
    }

    @Test
    void trustsTheUsersAuthorityWhereTheSupervisorsBrokerSpeaksTls() {
        Certificates certificates = new Certificates(bed, "our-ca");
        Mosquitto broker = bed.broker(certificates.server("IP:127.0.0.1").toArray(String[]::new));
        supervisor.tellTlsBroker(broker.port());

        run(addOn().mqtt("tls_ca_file", certificates.authority().toString()));

        broker.awaitClient("lightnvr-mqtt");
    }

    @Test
    void saysThatTheSupervisorsBrokerIsReachedWithoutTls() {
        Mosquitto broker = bed.broker();
        supervisor.tellBroker(broker.port(), "", "");

        BridgeProcess bridge = run(addOn().mqtt("tls_enabled", true));

        broker.awaitClient("lightnvr-mqtt");
        bridge.awaitLog("does not use TLS; mqtt.tls_enabled applies only to a broker");
    }

    @Test
    void waitsWithABeatingHeartWhereOnlyAPersonCanMendIt() throws IOException {
        Path options = Files.createFile(bed.folder().resolve("options.json"));
        Path heartbeat = bed.folder().resolve("alive");

        BridgeProcess bridge = start("run", "--config", options.toString(), "--heartbeat", heartbeat.toString());

        bridge.awaitLog("options.json: is empty");
        bridge.awaitLog("the add-on waits; fix the problem and restart it");
        Eventually.isSo("alive", () -> Files.exists(heartbeat));
        assertThat(bridge.terminate()).isZero();
    }

    @Test
    void isNotAskedWhereTheUserNamesTheBroker() {
        Mosquitto broker = bed.broker();

        run(addOn().mqtt("broker_host", "localhost").mqtt("broker_port", broker.port()));

        broker.awaitClient("lightnvr-mqtt");
        assertThat(supervisor.questions()).isZero();
    }

    @Test
    void alsoServesTestEvents() {
        Mosquitto broker = bed.broker();
        supervisor.tellBroker(broker.port(), "", "");
        Subscriber subscriber = Subscriber.start(bed, broker, "listener", "lightnvr/#");
        String options = addOn().write(bed).toString();

        BridgeProcess publish = start("publish", "--stream", "door", "--label", "cat", "--config", options);

        assertThat(publish.exitStatus()).isZero();
        assertThat(subscriber.await("lightnvr/detections/door").payload()).contains("cat");
    }

    private BridgeOptions addOn() {
        return BridgeOptions.ofAddOn(bed.recorder().url());
    }

    private BridgeProcess run(BridgeOptions options) {
        return start("run", "--config", options.write(bed).toString());
    }

    private BridgeProcess start(String... arguments) {
        List<String> prefix = new ArrayList<>(List.of("env"));
        supervisor.environment().forEach((name, value) -> prefix.add(name + "=" + value));
        return BridgeProcess.start(bed, prefix, arguments);
    }

    private Mosquitto guarded(String user) {
        return bed.broker("allow_anonymous false", "password_file " + Mosquitto.passwords(bed, user));
    }
}
