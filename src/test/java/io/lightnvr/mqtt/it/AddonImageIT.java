package io.lightnvr.mqtt.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.supervisor.FakeSupervisor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The add-on's image, built from the repository's own Dockerfile and started as the Supervisor starts it. */
class AddonImageIT {

    private static final String NO_BROKER = "No MQTT broker: install and start the Mosquitto broker add-on";

    private static final String SUPERVISOR = "172.30.32.2";
    private static final String ADD_ON = "172.30.33.5";
    private static final String OTHER_ADD_ON = "172.30.33.6";

    private static final List<String> WRITTEN_BY_BUILDAH = List.of("/etc/hosts", "/etc/hostname", "/etc/resolv.conf");

    @RegisterExtension
    final TestBed bed = new TestBed();

    private FakeSupervisor supervisor;
    private AddonContainer container;

    @BeforeEach
    void makeAContainer() {
        supervisor = bed.own(FakeSupervisor.start());
        container = AddonContainer.create(bed);
    }

    @Test
    void showsACameraWithoutAnyPasswordTypedAndEndsInOrder() throws IOException {
        SimulatedRecorder recorder = bed.recorder();
        Camera.of(recorder, "front_door");
        Mosquitto broker = guarded("addons:s3cret", "listener:l1sten");
        Subscriber subscriber =
                Subscriber.start(bed, broker, "listener", "homeassistant/#", "-u", "listener", "-P", "l1sten");
        supervisor.tellBroker(broker.port(), "addons", "s3cret");
        container.options(options(recorder));
        FileTime before = FileTime.fromMillis(System.currentTimeMillis());

        Program addOn = container.start(supervisor.environment());
        Heard device = subscriber.await("homeassistant/device/lightnvr_mqtt_stream_front_door/config");

        assertThat(device.json().path("device").path("name").asText()).isEqualTo("front_door");
        awaitHealthy();
        assertThat(writtenSince(before)).containsExactly("/tmp/lightnvr-mqtt.alive");
        AddonContainer.java(addOn).destroy();
        assertThat(addOn.exitStatus(Arrivals.PATIENCE)).isZero();
    }

    /** Where docs/licences.md says. */
    @Test
    void hasTheLicencesOfAllThatIsInIt() throws IOException {
        try (Stream<Path> packages = Files.list(container.files().resolve("var/lib/dpkg/status.d"))) {
            assertThat(packages.map(Path::getFileName))
                    .hasSizeGreaterThan(5)
                    .allSatisfy(name -> assertThat(container.files().resolve("usr/share/doc/" + name + "/copyright"))
                            .exists());
        }
        Program list = container.run(
                Map.of(), List.of("ls", "/opt/lightnvr-mqtt/licences", "/opt/lightnvr-mqtt/jre/legal/java.base"));

        assertThat(list.exitStatus(Arrivals.PATIENCE)).isZero();
        assertThat(list.output().all())
                .contains("LICENSE", "NOTICE", "EPL-2.0.txt", "MIT-slf4j.txt", "BSD-2-Clause-zentus.txt")
                .contains("Schubfach-LICENSE", "ADDITIONAL_LICENSE_INFO", "ASSEMBLY_EXCEPTION");
    }

    @Test
    void runsHealthyWithoutABrokerAndARecorderAndSaysSoOnce() {
        SimulatedRecorder recorder = bed.recorder();
        recorder.stopListening();
        container.options(options(recorder));

        Program addOn = container.start(supervisor.environment());
        said(addOn, NO_BROKER);
        said(addOn, "The recorder at " + recorder.url() + " cannot be reached");
        Eventually.isSo("asked again", () -> supervisor.questions() > 2);

        assertThat(addOn.errors().all(line -> line.contains(NO_BROKER))).hasSize(1);
        awaitHealthy();
        AddonContainer.java(addOn).destroy();
        assertThat(addOn.exitStatus(Arrivals.PATIENCE)).isZero();
    }

    @Test
    void saysThatThePasswordIsWrongAndGoesOn() {
        Mosquitto broker = guarded("addons:s3cret");
        supervisor.tellBroker(broker.port(), "addons", "0ld");
        container.options(options(bed.recorder()));

        Program addOn = container.start(supervisor.environment());

        said(addOn, "restart the Mosquitto broker add-on, which then sets a new password");
        awaitHealthy();
        assertThat(addOn.isAlive()).isTrue();
    }

    @Test
    void endsWhenItIsKilledSoThatItCanBeStartedAgain() {
        container.options(options(bed.recorder()));
        Program addOn = container.start(supervisor.environment());
        said(addOn, NO_BROKER);

        AddonContainer.java(addOn).destroyForcibly();

        assertThat(addOn.exitStatus(Arrivals.PATIENCE)).isNotZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}        | nvr.url: is missing; set it to the recorder's address, such as http://192.168.1.20:8080",
                "``        | /data/options.json: is empty; write {} to use the defaults",
                "{\"nvr\": | /data/options.json: is not valid JSON at line 1"
            })
    void saysInOneSentenceWhatIsWrongWithItsOptionsAndWaits(String options, String sentence) {
        Program addOn = container.options(options).start(supervisor.environment());

        said(addOn, sentence);
        said(addOn, "the add-on waits; fix the problem and restart it");
        awaitHealthy();
        assertThat(addOn.errors().all()).noneMatch(line -> line.contains("\tat "));
        AddonContainer.java(addOn).destroy();
        assertThat(addOn.exitStatus(Arrivals.PATIENCE)).isZero();
    }

    @Test
    void runsWithoutASupervisorByAFileOfItsOwnAndOverTls() throws IOException {
        Certificates certificates = new Certificates(bed, "our-ca");
        Mosquitto broker = bed.broker(certificates.server("DNS:localhost").toArray(String[]::new));
        Files.copy(certificates.authority(), container.data().resolve("ca.pem"));
        Files.writeString(container.files().resolve("config.yaml"), """
                nvr: {url: "%s"}
                mqtt: {broker_host: localhost, broker_port: %d, tls_enabled: true, tls_ca_file: /data/ca.pem}
                """.formatted(
                        bed.recorder().url(), broker.port()));

        Program bridge = container.run(Map.of(), List.of("lightnvr-mqtt", "run", "--config", "/config.yaml"));

        broker.awaitClient("lightnvr-mqtt");
        AddonContainer.java(bridge).destroy();
        assertThat(bridge.exitStatus(Arrivals.PATIENCE)).isZero();
    }

    /** Its addresses are those of Home Assistant's own network of add-ons, and one of somebody else in it. */
    @Test
    void showsItsPageToTheSupervisorAndToItselfAndToNobodyElse() {
        bed.enterNetwork();
        for (String address : List.of(ADD_ON, SUPERVISOR, OTHER_ADD_ON)) {
            assertThat(bed.program("address", Map.of(), List.of("ip", "addr", "add", address + "/32", "dev", "lo"))
                            .exitStatus(Arrivals.PATIENCE))
                    .isZero();
        }
        Program addOn = container.options("{}").start(Map.of("SUPERVISOR_TOKEN", "token"));
        said(addOn, "the add-on waits; fix the problem and restart it");

        Eventually.isSo("the page", () -> page("127.0.0.1", "127.0.0.1").contains("content=\"setup\""));
        assertThat(page(SUPERVISOR, ADD_ON)).contains("content=\"setup\"");
        assertThat(page(OTHER_ADD_ON, ADD_ON)).doesNotContainIgnoringCase("lightnvr");
    }

    /** What somebody with an address is answered; nothing if he is not. */
    private String page(String from, String to) {
        List<String> curl = List.of("curl", "-sS", "--max-time", "5", "--interface", from, "http://" + to + ":8099/");
        Program asking = bed.program("curl from " + from, Map.of(), curl);
        asking.exitStatus(Arrivals.PATIENCE);
        return String.join("\n", asking.output().all());
    }

    @Test
    void hasNoDemoAndSaysSo() {
        Program demo = container.run(Map.of(), List.of("lightnvr-mqtt", "demo", "--port", "0"));

        assertThat(demo.exitStatus(Arrivals.PATIENCE)).isEqualTo(2);
        assertThat(demo.errors().all()).anyMatch(line -> line.contains("the demo's broker is not installed"));
    }

    @Test
    void isNotHealthyWhenTheLoopsDoNotWork() throws IOException {
        Files.createDirectories(container.files().resolve("tmp"));
        Path heartbeat = Files.createFile(container.files().resolve("tmp/lightnvr-mqtt.alive"));
        awaitHealthy();

        Files.setLastModifiedTime(heartbeat, FileTime.fromMillis(System.currentTimeMillis() - 61_000));

        assertThat(container.isHealthy()).isFalse();
    }

    @Test
    void takesItsClassesFromTheArchive() {
        Map<String, String> verbose = Map.of("LIGHTNVR_MQTT_JAVA_FLAGS", "-Xlog:class+load");

        Program version = container.run(verbose, List.of("lightnvr-mqtt", "--version"));

        assertThat(version.exitStatus(Arrivals.PATIENCE)).isZero();
        assertThat(version.output().all())
                .anyMatch(line -> line.endsWith("io.lightnvr.mqtt.Main source: shared objects file"));
    }

    @Test
    void holdsWhatItNeedsAndNoMore() throws Exception {
        Path home = container.files().resolve("opt/lightnvr-mqtt");
        KeyStore authorities = KeyStore.getInstance("JKS");
        try (InputStream in = Files.newInputStream(home.resolve("jre/lib/security/cacerts"))) {
            authorities.load(in, null);
        }

        assertThat(authorities.size()).isGreaterThan(100);
        assertThat(names(home))
                .containsExactly("jre", "libsqlitejdbc.so", "licences", "lightnvr-mqtt.jar", "lightnvr-mqtt.jsa");
        assertThat(names(home.resolve("jre/bin"))).contains("java").doesNotContain("javac");
        assertThat(Files.readString(home.resolve("jre/release")))
                .containsPattern("MODULES=\".*\\bjdk\\.httpserver\\b.*\"");
        assertThat(container.files().resolve("usr/bin/mvn")).doesNotExist();
        JsonNode labels = container.setting("Labels");
        assertThat(labels.path("io.hass.version").asText())
                .isEqualTo(labels.path("org.opencontainers.image.version").asText())
                .matches("\\d+\\.\\d+\\.\\d+");
        assertThat(labels.path("io.hass.type").asText()).isEqualTo("app");
        assertThat(labels.path("io.hass.arch").asText()).isIn("amd64", "aarch64");
    }

    private static String options(SimulatedRecorder recorder) {
        return "{\"nvr\":{\"url\":\"%s\"},\"mqtt\":{},\"home_assistant\":{\"discovery\":true}}"
                .formatted(recorder.url());
    }

    private Mosquitto guarded(String... users) {
        return bed.broker("allow_anonymous false", "password_file " + Mosquitto.passwords(bed, users));
    }

    private void awaitHealthy() {
        Eventually.isSo("healthy", container::isHealthy);
    }

    private static void said(Program addOn, String text) {
        addOn.errors().await(text, line -> line.contains(text));
    }

    /** Which of its files are newer, without {@code /data} and what buildah itself lays there. */
    private List<String> writtenSince(FileTime time) throws IOException {
        Path root = container.files();
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> isNewer(file, time))
                    .map(file -> "/" + root.relativize(file))
                    .filter(file -> !WRITTEN_BY_BUILDAH.contains(file))
                    .toList();
        }
    }

    private static boolean isNewer(Path file, FileTime time) {
        try {
            return Files.getLastModifiedTime(file).compareTo(time) > 0;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
