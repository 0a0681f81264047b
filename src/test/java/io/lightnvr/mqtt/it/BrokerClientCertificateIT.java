package io.lightnvr.mqtt.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.documents.Example;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Brokers that know their clients by certificates. */
@Execution(ExecutionMode.CONCURRENT)
class BrokerClientCertificateIT {

    @RegisterExtension
    final TestBed bed = new TestBed();

    private Certificates certificates;

    @BeforeEach
    void makeAnAuthority() {
        certificates = new Certificates(bed, "our-ca");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-algorithm EC -pkeyopt ec_paramgen_curve:P-256",
                "-algorithm RSA -pkeyopt rsa_keygen_bits:2048",
                "-algorithm ED25519"
            })
    void isKnownByItsCertificate(String keyKind) {
        Mosquitto broker = broker();

        BridgeProcess.run(bed, options(broker, certificates.client("nvr-bridge", keyKind)));

        broker.awaitClient("lightnvr-mqtt", "nvr-bridge");
    }

    @Test
    void isKnownByItsCertificateInTls12Too() {
        Mosquitto broker = broker();

        run("TLSv1.2", options(broker, certificates.client("nvr-bridge")));

        broker.awaitClient("lightnvr-mqtt", "nvr-bridge");
    }

    @Test
    void opensAnEncryptedKeyAndNeverTellsThePassword() {
        Mosquitto broker = broker();
        Certificates.Client client = certificates.client("nvr-bridge");
        Path encrypted = bed.folder().resolve("encrypted.key");
        certificates.openssl("pkcs8 -topk8 -passout pass:hunter2", "-in", client.key(), "-out", encrypted);
        BridgeOptions options = options(broker, new Certificates.Client(client.certificate(), encrypted));

        BridgeProcess without = BridgeProcess.run(bed, options);
        assertThat(without.exitStatus()).isEqualTo(2);
        assertThat(without.logText()).contains("mqtt.tls_key_password is not set");
        BridgeProcess wrong = BridgeProcess.run(bed, options.mqtt("tls_key_password", "hunter3"));
        assertThat(wrong.exitStatus()).isEqualTo(2);
        assertThat(wrong.logText())
                .contains("cannot be decrypted with the password")
                .doesNotContain("hunter3");

        BridgeProcess right = BridgeProcess.run(bed, options.mqtt("tls_key_password", "hunter2"));

        broker.awaitClient("lightnvr-mqtt", "nvr-bridge");
        assertThat(right.terminate()).isZero();
        assertThat(right.logText()).doesNotContain("hunter2");
    }

    @Test
    void publishesATestEventWithIt() {
        Mosquitto broker = broker();
        String file =
                options(broker, certificates.client("nvr-bridge")).write(bed).toString();

        BridgeProcess publish =
                BridgeProcess.start(bed, "publish", "--stream", "door", "--label", "cat", "--config", file);

        assertThat(publish.exitStatus()).isZero();
        broker.awaitClient("lightnvr-mqtt-publish", "nvr-bridge");
    }

    @Test
    void findsOutByTheDoctorWhetherTheBrokerTakesIt() {
        Mosquitto broker = broker();
        String with = options(broker, certificates.client("nvr-bridge"))
                .write(bed, "with.json")
                .toString();
        String without = options(broker).write(bed, "without.json").toString();

        BridgeProcess taken = BridgeProcess.start(bed, "check", "--config", with);
        taken.exitStatus();
        BridgeProcess refused = BridgeProcess.start(bed, "check", "--config", without);

        broker.awaitClient("lightnvr-mqtt-check", "nvr-bridge");
        assertThat(taken.printed()).contains("is trusted by", "accepts the connection");
        assertThat(refused.exitStatus()).isEqualTo(1);
        assertThat(refused.printed()).contains("wants a certificate", "mqtt.tls_cert_file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void saysThatTheBrokerWantsACertificate(String version) {
        Mosquitto broker = broker();

        BridgeProcess bridge = run(version, options(broker));

        assertThat(bridge.awaitLog("wants a certificate"))
                .contains("localhost:" + broker.port(), "mqtt.tls_cert_file", "mqtt.tls_key_file");
        assertThat(bridge.program().isAlive()).isTrue();
        assertThat(bridge.terminate()).isZero();
        assertThat(bridge.logText()).doesNotContain("\tat ").doesNotContain("Connected to the broker");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void saysThatTheBrokerDoesNotKnowTheAuthorityOfItsCertificate(String version) {
        Mosquitto broker = broker();
        Certificates.Client foreign = new Certificates(bed, "another-ca").client("nvr-bridge");

        BridgeProcess bridge = run(version, options(broker, foreign));

        assertThat(bridge.awaitLog("rejects the bridge's certificate"))
                .contains("localhost:" + broker.port(), "unknown_ca", "mqtt.tls_cert_file");
        assertThat(bridge.terminate()).isZero();
        assertThat(bridge.logText()).doesNotContain("Connected to the broker");
    }

    @Test
    void refusesToStartWithACertificateThatHasExpired() {
        BridgeProcess bridge = BridgeProcess.run(bed, options(broker(), certificates.expiredClient("nvr-bridge")));

        assertThat(bridge.exitStatus()).isEqualTo(2);
        assertThat(bridge.logText()).contains("mqtt.tls_cert_file", "expired at", "renew");
    }

    @Test
    void refusesToStartWithTheKeyOfAnotherCertificate() {
        Path other = certificates.client("other").key();
        Certificates.Client client =
                new Certificates.Client(certificates.client("nvr-bridge").certificate(), other);

        BridgeProcess bridge = BridgeProcess.run(bed, options(broker(), client));

        assertThat(bridge.exitStatus()).isEqualTo(2);
        assertThat(bridge.logText()).contains("mqtt.tls_key_file", "is not the key of the first certificate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ec -outform PEM", "pkey -outform DER", "pkcs12 -export -nocerts -passout pass:"})
    void takesAKeyOfAnotherFormOnceTheRecipeHasConvertedIt(String makes) {
        Mosquitto broker = broker();
        Certificates.Client client = certificates.client("nvr-bridge");
        Path form = bed.folder().resolve("old.key");
        certificates.openssl(makes, "-in", client.key(), "-out", form);
        BridgeProcess refused =
                BridgeProcess.run(bed, options(broker, new Certificates.Client(client.certificate(), form)));
        assertThat(refused.exitStatus()).isEqualTo(2);
        assertThat(refused.logText()).contains("docs/recipes/broker.md");

        String recipe = Example.KEY_IN_ANOTHER_FORM.text().replace("openssl", "openssl </dev/null");
        Program converts = bed.program("the recipe", Map.of(), List.of("sh", "-c", recipe));
        assertThat(converts.exitStatus(Arrivals.PATIENCE)).isZero();

        Path converted = bed.folder().resolve("lightnvr.key");
        BridgeProcess.run(bed, options(broker, new Certificates.Client(client.certificate(), converted)));
        broker.awaitClient("lightnvr-mqtt", "nvr-bridge");
    }

    @Test
    void takesARenewedCertificateOnTheNextConnection() throws IOException {
        Mosquitto broker = broker();
        Certificates.Client first = certificates.client("first");
        Certificates.Client second = certificates.client("second");
        BridgeProcess.run(bed, options(broker, first));
        broker.awaitClient("lightnvr-mqtt", "first");

        Files.move(second.certificate(), first.certificate(), StandardCopyOption.REPLACE_EXISTING);
        Files.move(second.key(), first.key(), StandardCopyOption.REPLACE_EXISTING);
        broker.stop();
        broker.start();

        broker.awaitClient("lightnvr-mqtt", "second");
    }

    @Test
    void saysWhatIsWrongWithARenewedCertificateAndTriesAgain() throws IOException {
        Mosquitto broker = broker();
        Certificates.Client client = certificates.client("nvr-bridge");
        BridgeProcess bridge = BridgeProcess.run(bed, options(broker, client));
        broker.awaitClient("lightnvr-mqtt", "nvr-bridge");

        Files.delete(client.key());
        broker.stop();

        assertThat(bridge.awaitLog("mqtt.tls_key_file")).contains(client.key() + " does not exist; check the path");
        assertThat(bridge.program().isAlive()).isTrue();
    }

    /** Runs it with one version of TLS only: they tell of refused certificates at different moments. */
    private BridgeProcess run(String version, BridgeOptions options) {
        return BridgeProcess.withFlags(bed, List.of("-Djdk.tls.client.protocols=" + version), options);
    }

    private Mosquitto broker() {
        List<String> lines = new ArrayList<>(certificates.server("DNS:localhost"));
        lines.addAll(List.of(
                "cafile " + certificates.authority(), "require_certificate true", "use_identity_as_username true"));
        return bed.broker(lines.toArray(String[]::new));
    }

    private BridgeOptions options(Mosquitto broker, Certificates.Client client) {
        return options(broker)
                .mqtt("tls_cert_file", client.certificate().toString())
                .mqtt("tls_key_file", client.key().toString());
    }

    private BridgeOptions options(Mosquitto broker) {
        return BridgeOptions.of(bed.recorder(), broker.port())
                .mqtt("tls_enabled", true)
                .mqtt("tls_ca_file", certificates.authority().toString());
    }
}
