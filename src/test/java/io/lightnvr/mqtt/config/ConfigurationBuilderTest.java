package io.lightnvr.mqtt.config;

import static io.lightnvr.mqtt.config.Reading.built;
import static io.lightnvr.mqtt.config.Reading.problems;
import static io.lightnvr.mqtt.config.Reading.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
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
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationBuilderTest {

    private final ConfigurationBuilder builder = new ConfigurationBuilder();

    @Test
    void givesTheDefaultsForNothing() throws ConfigurationException {
        LoadedConfiguration loaded = built(builder);

        assertThat(loaded.notes()).isEmpty();
        assertThat(loaded.configuration().nvr()).isEmpty();
        assertThat(loaded.configuration().mqtt())
                .returns(true, Configuration.Mqtt::enabled)
                .returns(Optional.empty(), Configuration.Mqtt::brokerHost)
                .returns(1_883, Configuration.Mqtt::brokerPort)
                .returns("lightnvr-mqtt", Configuration.Mqtt::clientId)
                .returns(Duration.ofMinutes(1), Configuration.Mqtt::keepalive);
        assertThat(loaded.configuration().homeAssistant().groups()).isEmpty();
        assertThat(loaded.configuration().detections())
                .returns(Set.of(), Configuration.Detections::labels)
                .returns(0f, Configuration.Detections::minConfidence);
        assertThat(loaded.configuration().logLevel()).isEqualTo(LogLevel.INFO);
    }

    @Test
    void takesTheTlsPortUnlessAPortIsGiven() throws ConfigurationException {
        Map<String, String> port = Map.of("mqtt.tls_enabled", "true", "mqtt.broker_port", "1883");

        assertThat(with("mqtt.tls_enabled", "true").mqtt().brokerPort()).isEqualTo(8_883);
        assertThat(ConfigurationReader.of(port).mqtt().brokerPort()).isEqualTo(1_883);
    }

    @ParameterizedTest
    @CsvSource({
        "lightnvr,lightnvr_mqtt",
        "garage,lightnvr_mqtt_garage",
        "home/Tür 1,lightnvr_mqtt_home_T_r_1",
        "a-b_c,lightnvr_mqtt_a-b_c"
    })
    void derivesTheInstanceFromTheTopicPrefix(String prefix, String instance) throws ConfigurationException {
        assertThat(with("mqtt.topic_prefix", prefix).homeAssistant().instanceId())
                .isEqualTo(instance);
    }

    @Test
    void refusesAPasswordWithoutItsUser() {
        put("nvr.password", "hunter2");
        put("mqtt.password", "hunter2");
        put("mqtt.username", "");

        assertThat(problems(() -> built(builder)))
                .containsExactly(
                        "nvr.password: is set without nvr.username; set both of them or neither",
                        "mqtt.password: is set without mqtt.username; set both of them or neither");
    }

    @Test
    void doesNotCallAWrongUserAMissingOne() {
        put("mqtt.username", "a\0");
        put("mqtt.password", "hunter2");

        assertThat(problems(() -> built(builder)))
                .containsExactly("mqtt.username: a? contains a control character; remove that character");
    }

    @Test
    void goesWithoutALoginWhenTheRecordersUserHasNoPassword() throws ConfigurationException {
        put("nvr.url", "http://nvr");
        put("nvr.username", "admin");

        LoadedConfiguration loaded = built(builder);

        assertThat(loaded.configuration().requireNvr())
                .returns(URI.create("http://nvr"), Configuration.Nvr::url)
                .returns(Optional.empty(), Configuration.Nvr::username)
                .returns(Optional.empty(), Configuration.Nvr::password);
        assertThat(loaded.notes())
                .containsExactly(
                        "nvr.username is set without a password, so the bridge reads the recorder without a login.");
    }

    @Test
    void keepsLoginAndApiKeySideBySide() throws ConfigurationException {
        put("nvr.url", "http://nvr");
        put("nvr.username", "admin");
        put("nvr.password", "hunter2");
        put("nvr.api_key", "k3y");

        Configuration configuration = built(builder).configuration();

        assertThat(configuration.requireNvr())
                .returns(Optional.of("admin"), Configuration.Nvr::username)
                .returns(Optional.of(new Secret("hunter2")), Configuration.Nvr::password)
                .returns(Optional.of(new Secret("k3y")), Configuration.Nvr::apiKey);
        assertThat(configuration.toString()).doesNotContain("hunter2", "k3y").contains("***");
    }

    @Test
    void letsABrokersUserStandAlone() throws ConfigurationException {
        put("mqtt.username", "bob");

        LoadedConfiguration loaded = built(builder);

        assertThat(loaded.configuration().mqtt())
                .returns(Optional.of("bob"), Configuration.Mqtt::username)
                .returns(Optional.empty(), Configuration.Mqtt::password);
        assertThat(loaded.notes())
                .containsExactly(
                        "mqtt.username is set without a password: set mqtt.password too, unless the broker wants none.");
    }

    @Test
    void takesABlankOptionAsNotSet() throws ConfigurationException {
        Option.all().stream().filter(Option::mayBeBlank).forEach(option -> put(option.key(), ""));

        LoadedConfiguration loaded = built(builder);

        assertThat(loaded).isEqualTo(built(new ConfigurationBuilder()));
    }

    @Test
    void missesTheRecorderOnlyWhereItIsNeeded() throws ConfigurationException {
        Configuration configuration = built(builder).configuration();

        assertThat(problems(configuration::requireNvr))
                .containsExactly(
                        "nvr.url: is missing; set it to the recorder's address," + " such as http://192.168.1.20:8080");
    }

    @Test
    void findsTheCaFileBesideTheConfiguration(@TempDir Path folder) throws Exception {
        Path caFile = Files.createFile(folder.resolve("ca.pem"));
        put("mqtt.tls_enabled", "true");
        put("mqtt.tls_ca_file", "ca.pem");

        Configuration configuration = builder.build(folder, KnownRecorders.NONE).configuration();

        assertThat(configuration.mqtt().tlsCaFile()).contains(caFile.toAbsolutePath());
    }

    @Test
    void refusesACaFileThatIsNotThere(@TempDir Path folder) {
        put("mqtt.tls_enabled", "true");
        put("mqtt.tls_ca_file", "ca.pem");

        assertThat(problems(() -> builder.build(folder, KnownRecorders.NONE)))
                .containsExactly(new Problem(
                                "mqtt.tls_ca_file",
                                folder.resolve("ca.pem").toString(),
                                "does not exist",
                                "set the path of a PEM file with the broker's CA certificate")
                        .toString());
    }

    @Test
    void refusesAFolderAsCaFile(@TempDir Path folder) throws IOException {
        put("mqtt.tls_enabled", "true");
        put("mqtt.tls_ca_file", folder.toString());

        assertThat(problems(() -> built(builder))).singleElement().asString().contains("is not a readable file");
    }

    @Test
    void onlyNotesACaFileThatIsNotUsed() throws ConfigurationException {
        put("mqtt.broker_host", "broker");
        put("mqtt.tls_ca_file", "missing.pem");

        assertThat(built(builder).notes())
                .containsExactly("mqtt.tls_ca_file is set but not used, because mqtt.tls_enabled is false.");
    }

    /** The broker that the Supervisor names may want it. */
    @Test
    void looksForTheCaFileWhereNoBrokerIsNamed() {
        put("mqtt.tls_ca_file", "missing.pem");

        assertThat(problems(() -> built(builder))).singleElement().asString().contains("does not exist");
    }

    @Test
    void findsTheClientCertificateBesideTheConfiguration(@TempDir Path folder) throws Exception {
        put("mqtt.tls_enabled", "true");
        put(
                "mqtt.tls_cert_file",
                Files.createFile(folder.resolve("client.pem")).getFileName().toString());
        put(
                "mqtt.tls_key_file",
                Files.createFile(folder.resolve("client.key")).getFileName().toString());
        put("mqtt.tls_key_password", "hunter2");

        Configuration.Mqtt mqtt =
                builder.build(folder, KnownRecorders.NONE).configuration().mqtt();

        assertThat(mqtt.tlsCertFile()).contains(folder.resolve("client.pem"));
        assertThat(mqtt.tlsKeyFile()).contains(folder.resolve("client.key"));
        assertThat(mqtt.tlsKeyPassword()).contains(new Secret("hunter2"));
        assertThat(mqtt.toString()).doesNotContain("hunter2");
    }

    @Test
    void refusesACertificateWithoutItsKeyAndTheReverse(@TempDir Path folder) throws IOException {
        String file = Files.createFile(folder.resolve("file")).toString();

        assertThat(problems(() -> built(withTls("mqtt.tls_cert_file", file))))
                .containsExactly("mqtt.tls_cert_file: is set without mqtt.tls_key_file; set both of them or neither");
        assertThat(problems(() -> built(withTls("mqtt.tls_key_file", file))))
                .containsExactly("mqtt.tls_key_file: is set without mqtt.tls_cert_file; set both of them or neither");
        assertThat(problems(() -> built(withTls("mqtt.tls_key_password", "hunter2"))))
                .containsExactly(
                        "mqtt.tls_key_password: is set without mqtt.tls_key_file; set both of them or neither");
    }

    private static ConfigurationBuilder withTls(String option, String text) {
        ConfigurationBuilder builder = new ConfigurationBuilder();
        builder.put("mqtt.tls_enabled", "mqtt.tls_enabled", new Node.Scalar("true"));
        builder.put(option, option, new Node.Scalar(text));
        return builder;
    }

    @Test
    void refusesAClientCertificateThatIsNotThere(@TempDir Path folder) {
        put("mqtt.tls_enabled", "true");
        put("mqtt.tls_cert_file", "client.pem");
        put("mqtt.tls_key_file", folder.toString());

        assertThat(problems(() -> builder.build(folder, KnownRecorders.NONE)))
                .containsExactly(
                        "mqtt.tls_cert_file: " + folder.resolve("client.pem")
                                + " does not exist; set the path of a PEM file with the bridge's client certificate",
                        "mqtt.tls_key_file: " + folder + " is not a readable file;"
                                + " set the path of a PEM file with the key of the bridge's client certificate");
    }

    @Test
    void onlyNotesAClientCertificateThatIsNotUsed() throws ConfigurationException {
        put("mqtt.broker_host", "broker");
        put("mqtt.tls_cert_file", "client.pem");
        put("mqtt.tls_key_password", "hunter2");

        assertThat(built(builder).notes())
                .containsExactly(
                        "mqtt.tls_cert_file is set but not used, because mqtt.tls_enabled is false.",
                        "mqtt.tls_key_password is set but not used, because mqtt.tls_enabled is false.");
    }

    @Test
    void hasNoPageUnlessAPortIsGiven() throws ConfigurationException {
        Configuration.Web page = built(builder).configuration().web();

        assertThat(page.address()).isEmpty();
        assertThat(page.password()).isEmpty();
        assertThat(page.historyBytes()).isEqualTo(20L << 20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", " OFF ", "0"})
    void hasNoPageWhereItIsSwitchedOff(String port) throws ConfigurationException {
        assertThat(with("web.port", port).web().address()).isEmpty();
    }

    @Test
    void showsThePageToThisMachineAloneUnlessAnAddressIsGiven() throws ConfigurationException {
        assertThat(with("web.port", "8099").web())
                .returns(Optional.of(new InetSocketAddress("127.0.0.1", 8_099)), Configuration.Web::address)
                .returns(Optional.empty(), Configuration.Web::password);
    }

    @Test
    void showsThePageToOthersForAPassword() throws ConfigurationException {
        put("web.port", "8099");
        put("web.bind", "0.0.0.0");
        put("web.password", "hunter22");

        LoadedConfiguration loaded = built(builder);

        assertThat(loaded.notes()).isEmpty();
        assertThat(loaded.configuration().web())
                .returns(Optional.of(new InetSocketAddress("0.0.0.0", 8_099)), Configuration.Web::address)
                .returns(Optional.of(new Secret("hunter22")), Configuration.Web::password);
        assertThat(loaded.configuration().toString()).doesNotContain("hunter22");
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0,0.0.0.0", "192.168.1.10,192.168.1.10", "::,0:0:0:0:0:0:0:0"})
    void demandsAPasswordWhereOthersReachThePage(String bind, String shown) {
        put("web.port", "8099");
        put("web.bind", bind);
        put("web.password", "");

        assertThat(problems(() -> built(builder)))
                .containsExactly("web.password: is missing, and others can reach " + shown
                        + "; set one of at least 8 characters, or set web.bind to 127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "::1", "[::1]"})
    void demandsNoPasswordOfThisMachine(String bind) throws ConfigurationException {
        put("web.port", "8099");
        put("web.bind", bind);

        assertThat(built(builder).configuration().web().password()).isEmpty();
    }

    @Test
    void doesNotCallAPasswordThatIsTooShortAMissingOne() {
        put("web.port", "8099");
        put("web.bind", "0.0.0.0");
        put("web.password", "hunter2");

        assertThat(problems(() -> built(builder)))
                .containsExactly("web.password: is too short; use at least 8 characters");
    }

    @Test
    void onlyNotesWhereAPageThatIsOffWouldListen() throws ConfigurationException {
        put("web.bind", "0.0.0.0");
        put("web.password", "hunter22");

        assertThat(built(builder).notes())
                .containsExactly(
                        "web.bind is set but not used, because web.port is off.",
                        "web.password is set but not used, because web.port is off.");
    }

    @Test
    void tellsAllProblemsAtOnce() {
        put("mqtt.qos", "3");
        put("nvr.url", "nvr");
        put("mqtt.password", "hunter2");

        assertThat(problems(() -> built(builder)))
                .isEqualTo(List.of(
                        "mqtt.qos: 3 is out of range; use a whole number from 0 to 2",
                        "nvr.url: nvr is not an http or https address;"
                                + " use an address such as http://192.168.1.20:8080",
                        "mqtt.password: is set without mqtt.username; set both of them or neither"));
    }

    private void put(String option, String text) {
        builder.put(option, option, new Node.Scalar(text));
    }
}
