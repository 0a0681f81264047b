package io.lightnvr.mqtt.config;

import static io.lightnvr.mqtt.config.Reading.assembled;
import static io.lightnvr.mqtt.config.Reading.given;
import static io.lightnvr.mqtt.config.Reading.problems;
import static io.lightnvr.mqtt.config.Reading.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationBuilderTest {

    private final RawOptions given = new RawOptions();

    @Test
    void givesTheDefaultsForNothing() throws ConfigurationException {
        LoadedConfiguration loaded = assembled(given);

        assertThat(loaded.notes()).isEmpty();
        assertThat(loaded.configuration())
                .isEqualTo(new Configuration(
                        Optional.empty(),
                        new Configuration.Mqtt(
                                true,
                                Optional.empty(),
                                1_883,
                                Optional.empty(),
                                Optional.empty(),
                                "lightnvr-mqtt",
                                "lightnvr",
                                false,
                                Duration.ofMinutes(1),
                                1,
                                false,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                20),
                        new Configuration.HomeAssistant(
                                true,
                                "homeassistant",
                                "homeassistant/status",
                                "lightnvr_mqtt",
                                Duration.ofSeconds(30),
                                Map.of(),
                                Map.of(),
                                false,
                                Duration.ofMinutes(10)),
                        new Configuration.Detections(Set.of(), 0, Set.of(), Set.of()),
                        new Configuration.Outbox(100_000, Duration.ofDays(1), 500),
                        new Configuration.CatchUp(Duration.ofHours(1)),
                        LogLevel.INFO));
    }

    @Test
    void takesTheTlsPortUnlessAPortIsGiven() throws ConfigurationException {
        put(Options.TLS_ENABLED, "true");

        assertThat(assembled(given).configuration().mqtt().brokerPort()).isEqualTo(8_883);
        put(Options.BROKER_PORT, "1883");
        assertThat(assembled(given).configuration().mqtt().brokerPort()).isEqualTo(1_883);
    }

    @ParameterizedTest
    @CsvSource({
        "lightnvr,lightnvr_mqtt",
        "garage,lightnvr_mqtt_garage",
        "home/Tür 1,lightnvr_mqtt_home_T_r_1",
        "a-b_c,lightnvr_mqtt_a-b_c"
    })
    void derivesTheInstanceFromTheTopicPrefix(String prefix, String instance) throws ConfigurationException {
        assertThat(with(Options.TOPIC_PREFIX, prefix).homeAssistant().instanceId())
                .isEqualTo(instance);
    }

    @Test
    void refusesAPasswordWithoutItsUser() {
        put(Options.NVR_PASSWORD, "hunter2");
        put(Options.PASSWORD, "hunter2");
        put(Options.USERNAME, "");

        assertThat(problems(() -> assembled(given)))
                .containsExactly(
                        "nvr.password: is set without nvr.username; set nvr.username too, or neither of the two",
                        "mqtt.password: is set without mqtt.username; set mqtt.username too, or neither of the two");
    }

    @Test
    void doesNotCallAWrongUserAMissingOne() {
        put(Options.USERNAME, "a\0");
        put(Options.PASSWORD, "hunter2");

        assertThat(problems(() -> assembled(given)))
                .containsExactly("mqtt.username: a? holds a control character; leave that character away");
    }

    @Test
    void goesWithoutALoginWhenTheRecordersUserHasNoPassword() throws ConfigurationException {
        put(Options.NVR_URL, "http://nvr");
        put(Options.NVR_USERNAME, "admin");

        LoadedConfiguration loaded = assembled(given);

        assertThat(loaded.configuration().requireNvr())
                .isEqualTo(new Configuration.Nvr(
                        URI.create("http://nvr"), Optional.empty(), Optional.empty(), Optional.empty()));
        assertThat(loaded.notes())
                .containsExactly(
                        "nvr.username is set without a password, so the bridge asks the recorder without a login.");
    }

    @Test
    void keepsLoginAndApiKeySideBySide() throws ConfigurationException {
        put(Options.NVR_URL, "http://nvr");
        put(Options.NVR_USERNAME, "admin");
        put(Options.NVR_PASSWORD, "hunter2");
        put(Options.NVR_API_KEY, "k3y");

        Configuration configuration = assembled(given).configuration();

        assertThat(configuration.requireNvr())
                .isEqualTo(new Configuration.Nvr(
                        URI.create("http://nvr"),
                        Optional.of("admin"),
                        Optional.of(new Secret("hunter2")),
                        Optional.of(new Secret("k3y"))));
        assertThat(configuration.toString()).doesNotContain("hunter2", "k3y").contains("***");
    }

    @Test
    void letsABrokersUserStandAlone() throws ConfigurationException {
        Configuration.Mqtt mqtt = with(Options.USERNAME, "bob").mqtt();

        assertThat(mqtt.username()).contains("bob");
        assertThat(mqtt.password()).isEmpty();
    }

    @Test
    void takesABlankOptionAsNotSet() throws ConfigurationException {
        for (Option<?> option : Options.all()) {
            if (option.fallback().isEmpty() || option.type() == OptionType.TEXT_LIST) {
                put(option, "");
            }
        }

        LoadedConfiguration loaded = assembled(given);

        assertThat(loaded).isEqualTo(assembled(new RawOptions()));
    }

    @Test
    void missesTheRecorderOnlyWhereItIsNeeded() throws ConfigurationException {
        Configuration configuration = assembled(given).configuration();

        assertThat(problems(configuration::requireNvr))
                .containsExactly("nvr.url: is missing; give the recorder's address there,"
                        + " such as http://192.168.1.20:8080");
    }

    @Test
    void findsTheCaFileBesideTheConfiguration(@TempDir Path folder) throws Exception {
        Path caFile = Files.createFile(folder.resolve("ca.pem"));
        put(Options.TLS_ENABLED, "true");
        put(Options.TLS_CA_FILE, "ca.pem");

        Configuration configuration =
                new ConfigurationBuilder(given, folder).assemble().configuration();

        assertThat(configuration.mqtt().tlsCaFile()).contains(caFile.toAbsolutePath());
    }

    @Test
    void refusesACaFileThatIsNotThere(@TempDir Path folder) {
        put(Options.TLS_ENABLED, "true");
        put(Options.TLS_CA_FILE, "ca.pem");

        assertThat(problems(() -> new ConfigurationBuilder(given, folder).assemble()))
                .containsExactly(new Problem(
                                "mqtt.tls_ca_file",
                                folder.resolve("ca.pem").toString(),
                                "does not exist",
                                "give the path of a PEM file with the broker's CA certificate")
                        .toString());
    }

    @Test
    void refusesAFolderAsCaFile(@TempDir Path folder) throws IOException {
        put(Options.TLS_ENABLED, "true");
        put(Options.TLS_CA_FILE, folder.toString());

        assertThat(problems(() -> assembled(given)))
                .singleElement()
                .asString()
                .contains("is not a file that can be read");
    }

    @Test
    void onlyNotesACaFileThatIsNotUsed() throws ConfigurationException {
        put(Options.BROKER_HOST, "broker");
        put(Options.TLS_CA_FILE, "missing.pem");

        assertThat(assembled(given).notes())
                .containsExactly("mqtt.tls_ca_file is set and not used, because mqtt.tls_enabled is false.");
    }

    /** The broker that the Supervisor names may want it. */
    @Test
    void looksForTheCaFileWhereNoBrokerIsNamed() {
        put(Options.TLS_CA_FILE, "missing.pem");

        assertThat(problems(() -> assembled(given))).singleElement().asString().contains("does not exist");
    }

    @Test
    void findsTheClientCertificateBesideTheConfiguration(@TempDir Path folder) throws Exception {
        put(Options.TLS_ENABLED, "true");
        put(
                Options.TLS_CERT_FILE,
                Files.createFile(folder.resolve("client.pem")).getFileName().toString());
        put(
                Options.TLS_KEY_FILE,
                Files.createFile(folder.resolve("client.key")).getFileName().toString());
        put(Options.TLS_KEY_PASSWORD, "hunter2");

        Configuration.Mqtt mqtt = new ConfigurationBuilder(given, folder)
                .assemble()
                .configuration()
                .mqtt();

        assertThat(mqtt.tlsCertFile()).contains(folder.resolve("client.pem"));
        assertThat(mqtt.tlsKeyFile()).contains(folder.resolve("client.key"));
        assertThat(mqtt.tlsKeyPassword()).contains(new Secret("hunter2"));
        assertThat(mqtt.toString()).doesNotContain("hunter2");
    }

    @Test
    void refusesACertificateWithoutItsKeyAndTheReverse(@TempDir Path folder) throws IOException {
        String file = Files.createFile(folder.resolve("file")).toString();

        assertThat(problems(() -> assembled(withTls(Options.TLS_CERT_FILE, file))))
                .containsExactly("mqtt.tls_cert_file: is set without mqtt.tls_key_file;"
                        + " set mqtt.tls_key_file too, or neither of the two");
        assertThat(problems(() -> assembled(withTls(Options.TLS_KEY_FILE, file))))
                .containsExactly("mqtt.tls_key_file: is set without mqtt.tls_cert_file;"
                        + " set mqtt.tls_cert_file too, or neither of the two");
        assertThat(problems(() -> assembled(withTls(Options.TLS_KEY_PASSWORD, "hunter2"))))
                .containsExactly("mqtt.tls_key_password: is set without mqtt.tls_key_file;"
                        + " set mqtt.tls_key_file too, or neither of the two");
    }

    private static RawOptions withTls(Option<?> option, String text) {
        RawOptions given = given(option, text);
        given.put(Options.TLS_ENABLED, Options.TLS_ENABLED.key(), new Node.Scalar("true"));
        return given;
    }

    @Test
    void refusesAClientCertificateThatIsNotThere(@TempDir Path folder) {
        put(Options.TLS_ENABLED, "true");
        put(Options.TLS_CERT_FILE, "client.pem");
        put(Options.TLS_KEY_FILE, folder.toString());

        assertThat(problems(() -> new ConfigurationBuilder(given, folder).assemble()))
                .containsExactly(
                        "mqtt.tls_cert_file: " + folder.resolve("client.pem")
                                + " does not exist; give the path of a PEM file with the bridge's own certificate",
                        "mqtt.tls_key_file: " + folder + " is not a file that can be read;"
                                + " give the path of a PEM file with the key of the bridge's own certificate");
    }

    @Test
    void onlyNotesAClientCertificateThatIsNotUsed() throws ConfigurationException {
        put(Options.BROKER_HOST, "broker");
        put(Options.TLS_CERT_FILE, "client.pem");
        put(Options.TLS_KEY_PASSWORD, "hunter2");

        assertThat(assembled(given).notes())
                .containsExactly(
                        "mqtt.tls_cert_file is set and not used, because mqtt.tls_enabled is false.",
                        "mqtt.tls_key_password is set and not used, because mqtt.tls_enabled is false.");
    }

    @Test
    void tellsAllProblemsAtOnce() {
        put(Options.QOS, "3");
        put(Options.NVR_URL, "nvr");
        put(Options.PASSWORD, "hunter2");

        assertThat(problems(() -> assembled(given)))
                .isEqualTo(List.of(
                        "mqtt.qos: 3 is not a QoS level; use 0, 1 or 2",
                        "nvr.url: nvr is not an http or https address;"
                                + " use an address such as http://192.168.1.20:8080",
                        "mqtt.password: is set without mqtt.username; set mqtt.username too, or neither of the two"));
    }

    private void put(Option<?> option, String text) {
        given.put(option, option.key(), new Node.Scalar(text));
    }
}
