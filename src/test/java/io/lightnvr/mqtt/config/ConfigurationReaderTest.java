package io.lightnvr.mqtt.config;

import static io.lightnvr.mqtt.config.Reading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationReaderTest {

    @TempDir
    private Path folder;

    @Test
    void isTriedWithEveryOptionAndNoDefault() throws Exception {
        Map<String, Object> usual = OptionRecords.values(
                ConfigurationReader.defaults("http://nvr:8080").configuration());
        Map<String, Object> tried = OptionRecords.values(read(fixture("full.yaml")));

        assertThat(usual.keySet().stream()
                        .filter(key -> usual.get(key).equals(tried.get(key)))
                        .map(key -> key
                                + " is missing in full.yaml, or has its default there: give it another value, also in"
                                + " full.json, in full.ini if it is of mqtt, and below"))
                .isEmpty();
    }

    @Test
    void understandsTheRecorderAndTheBroker() throws Exception {
        Configuration configuration = read(fixture("full.yaml"));

        assertThat(configuration.requireNvr())
                .returns(URI.create("http://nvr.local:7800"), Configuration.Nvr::url)
                .returns(Optional.of("viewer"), Configuration.Nvr::username)
                .returns(Optional.of(new Secret("0123")), Configuration.Nvr::password)
                .returns("house", Configuration.Nvr::name)
                .returns(Optional.of(new Secret("k3y")), Configuration.Nvr::apiKey)
                .returns("nvr", Configuration.Nvr::topicPrefix)
                .returns(Optional.of(new Secret("mqtt://bob:x@events.local")), Configuration.Nvr::eventsBroker)
                .returns(Optional.of(URI.create("https://nvr.example.org")), Configuration.Nvr::publicUrl)
                .returns(true, Configuration.Nvr::controls);
        assertThat(configuration.mqtt())
                .returns(false, Configuration.Mqtt::enabled)
                .returns(Optional.of("broker.local"), Configuration.Mqtt::brokerHost)
                .returns(8_884, Configuration.Mqtt::brokerPort)
                .returns(Optional.of("bob"), Configuration.Mqtt::username)
                .returns(Optional.of(new Secret("p;w \"#")), Configuration.Mqtt::password)
                .returns("Tür", Configuration.Mqtt::clientId)
                .returns("home/nvr", Configuration.Mqtt::topicPrefix)
                .returns(true, Configuration.Mqtt::tlsEnabled)
                .returns(Duration.ofMinutes(2), Configuration.Mqtt::keepalive)
                .returns(2, Configuration.Mqtt::qos)
                .returns(true, Configuration.Mqtt::retain)
                .returns(Optional.of(fixture("ca.pem")), Configuration.Mqtt::tlsCaFile)
                .returns(Optional.of(fixture("client.pem")), Configuration.Mqtt::tlsCertFile)
                .returns(Optional.of(fixture("client.key")), Configuration.Mqtt::tlsKeyFile)
                .returns(Optional.of(new Secret("0042")), Configuration.Mqtt::tlsKeyPassword)
                .returns(5, Configuration.Mqtt::maxInflight);
    }

    @Test
    void understandsEveryOtherOption() throws Exception {
        Configuration configuration = read(fixture("full.yaml"));

        assertThat(configuration.homeAssistant())
                .returns(false, Configuration.HomeAssistant::discovery)
                .returns("ha", Configuration.HomeAssistant::discoveryPrefix)
                .returns("ha/birth", Configuration.HomeAssistant::birthTopic)
                .returns("garage", Configuration.HomeAssistant::instanceId)
                .returns(Duration.ofMinutes(1), Configuration.HomeAssistant::clearAfter)
                .returns(
                        Map.of("person", Set.of("human"), "vehicle", Set.of("car", "truck")),
                        Configuration.HomeAssistant::groups)
                .returns(Map.of("vehicle", Duration.ofMinutes(5)), Configuration.HomeAssistant::groupClearAfter)
                .returns(Set.of("person", "vehicle"), Configuration.HomeAssistant::zoneGroups)
                .returns(true, Configuration.HomeAssistant::images)
                .returns(Duration.ofSeconds(30), Configuration.HomeAssistant::snapshots)
                .returns(Duration.ofHours(1), Configuration.HomeAssistant::forgetAfter);
        assertThat(configuration.detections())
                .returns(Set.of("person", "car"), Configuration.Detections::labels)
                .returns(0.25f, Configuration.Detections::minConfidence)
                .returns(Set.of("Front Door", "7"), Configuration.Detections::streams)
                .returns(Set.of("Back Yard"), Configuration.Detections::ignoreStreams);
        assertThat(configuration.outbox())
                .returns(5_000, Configuration.Outbox::maxEvents)
                .returns(Duration.ofHours(12), Configuration.Outbox::maxAge)
                .returns(0, Configuration.Outbox::drainRate);
        assertThat(configuration.catchUp().maxAge()).isEqualTo(Duration.ofDays(7));
        assertThat(configuration.visits())
                .returns(false, Configuration.Visits::enabled)
                .returns(Duration.ofMinutes(5), Configuration.Visits::cooldown);
        assertThat(configuration.web())
                .returns(Optional.of(new InetSocketAddress("192.168.1.30", 8_098)), Configuration.Web::address)
                .returns(Optional.of(new Secret("00000042")), Configuration.Web::password)
                .returns(0L, Configuration.Web::historyBytes);
        assertThat(configuration.logLevel()).isEqualTo(LogLevel.WARNING);
    }

    @Test
    void understandsJsonAsYaml() throws Exception {
        assertThat(read(fixture("full.json"))).isEqualTo(read(fixture("full.yaml")));
    }

    @Test
    void understandsIniAsFarAsItGoes() throws Exception {
        Configuration ini = read(fixture("full.ini"));
        Configuration yaml = read(fixture("full.yaml"));

        assertThat(ini.mqtt()).isEqualTo(yaml.mqtt());
        assertThat(ini.requireNvr())
                .returns(yaml.requireNvr().url(), Configuration.Nvr::url)
                .returns(yaml.requireNvr().username(), Configuration.Nvr::username)
                .returns(yaml.requireNvr().password(), Configuration.Nvr::password)
                .returns(Optional.empty(), Configuration.Nvr::apiKey);
        assertThat(ini.homeAssistant())
                .returns(false, Configuration.HomeAssistant::discovery)
                .returns("ha", Configuration.HomeAssistant::discoveryPrefix)
                .returns("homeassistant/status", Configuration.HomeAssistant::birthTopic)
                .returns("lightnvr_mqtt_home_nvr", Configuration.HomeAssistant::instanceId);
    }

    @Test
    void needsOnlyTheRecordersAddressBesideTheDocumentedExample() throws Exception {
        LoadedConfiguration loaded =
                ConfigurationReader.read(fixture("documented.ini"), Optional.of("http://nvr:8080"));

        assertThat(loaded.notes()).isEmpty();
        assertThat(loaded.configuration())
                .isEqualTo(ConfigurationReader.of(Map.of(
                        "nvr.url", "http://nvr:8080",
                        "mqtt.broker_host", "localhost",
                        "mqtt.client_id", "lightnvr")));
    }

    @Test
    void needsNothingBesideTheFileThatTheRecorderSaved() throws Exception {
        LoadedConfiguration loaded = ConfigurationReader.read(fixture("recorder-saved.ini"), Optional.empty());

        assertThat(loaded.configuration().requireNvr().url()).hasToString("http://127.0.0.1:8080");
        assertThat(loaded.configuration().mqtt().brokerHost()).contains("192.168.1.10");
        assertThat(loaded.configuration().mqtt().password()).contains(new Secret("s3cret"));
        assertThat(loaded.notes())
                .containsExactly(
                        "The bridge does not use these keys of [mqtt]: ha_snapshot_interval.",
                        "web.username is set without a password, so the bridge reads the recorder without a login.");
    }

    @Test
    void letsTheCommandLinesAddressBeatTheFiles() throws Exception {
        Path file = write("a.yaml", "nvr: {url: http://one, username: bob, password: x}");

        Configuration.Nvr nvr = ConfigurationReader.read(file, Optional.of("http://two/"))
                .configuration()
                .requireNvr();

        assertThat(nvr.url()).hasToString("http://two");
        assertThat(nvr.username()).contains("bob");
    }

    @Test
    void judgesTheCommandLinesAddressTheSameWay() {
        assertThat(problems(() -> ConfigurationReader.defaults("ftp://bob:hunter2@nvr")))
                .containsExactly("--nvr: ***@nvr is not an http or https address;"
                        + " use an address such as http://192.168.1.20:8080");
    }

    @Test
    void readsAFileWithByteOrderMarkInEverySpelling() throws Exception {
        Map<String, String> files =
                Map.of("a.yaml", "mqtt: {qos: 2}", "a.json", "{\"mqtt\":{\"qos\":2}}", "a.INI", "[mqtt]\r\nqos = 2");

        for (Map.Entry<String, String> file : files.entrySet()) {
            Configuration configuration = read(write(file.getKey(), "\uFEFF" + file.getValue()));

            assertThat(configuration.mqtt().qos()).isEqualTo(2);
        }
    }

    @Test
    void refusesAFileWhoseNameSaysNothing() throws Exception {
        Path file = write("lightnvr.conf", "");

        assertThat(problemsOf(file))
                .containsExactly(file + ": has an unknown extension; use a file in .json, .yaml, .yml or .ini");
    }

    @Test
    void refusesAFileThatIsNotThere() {
        Path file = folder.resolve("missing.yaml");

        assertThat(problemsOf(file)).containsExactly(file + ": does not exist; check the path");
    }

    @Test
    void refusesAFolder() throws Exception {
        Path file = Files.createDirectory(folder.resolve("folder.yaml"));

        assertThat(problemsOf(file)).containsExactly(file + ": is a folder; name a file in it");
    }

    @Test
    void refusesAFileBelowAFile() throws Exception {
        Path file = write("a.yaml", "").resolve("b.yaml");

        assertThat(problemsOf(file)).containsExactly(file + ": cannot be read; check the file and its disk");
    }

    @Test
    void readsAFileOf64KibibytesAndNoMore() throws Exception {
        String text = "{}" + " ".repeat((64 << 10) - 2);

        assertThat(problemsOf(write("a.json", text))).isEmpty();
        Path larger = write("b.json", text + " ");
        assertThat(problemsOf(larger)).containsExactly(larger + ": is larger than 64 KiB; name a configuration file");
    }

    @Test
    void tellsAHundredProblemsAndHowManyMoreThereAre() throws Exception {
        List<String> problems = problemsOf(write("a.ini", "[mqtt]\n" + "nothing\n".repeat(1_000)));

        assertThat(problems)
                .hasSize(101)
                .last()
                .isEqualTo("the configuration: has 900 more problems; correct these first");
    }

    @Test
    void refusesAFileThatIsNotUtf8() throws Exception {
        Path file = Files.write(folder.resolve("a.ini"), "; T\u00fcr".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(problemsOf(file)).containsExactly(file + ": is not UTF-8 text; save it as UTF-8");
    }

    @Test
    void tellsProblemsOfSpellingAndOfValuesTogether() throws Exception {
        Path file = write("a.json", "{\"mqtt\":{\"qos\":3,\"brokr_host\":1},\"log_level\":\"loud\"}");

        assertThat(problemsOf(file))
                .containsExactly(
                        "mqtt.brokr_host: is not an option; did you mean mqtt.broker_host?",
                        "mqtt.qos: 3 is out of range; use a whole number from 0 to 2",
                        "log_level: loud is not a log level; use trace, debug, info, warning or error");
    }

    private Path write(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }

    private static List<String> problemsOf(Path file) {
        return problems(() -> ConfigurationReader.read(file, Optional.empty()));
    }

    private static Configuration read(Path file) throws ConfigurationException {
        return ConfigurationReader.read(file, Optional.empty()).configuration();
    }

    private static Path fixture(String name) throws URISyntaxException {
        return Path.of(ConfigurationReaderTest.class.getResource(name).toURI());
    }
}
