package io.lightnvr.mqtt.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.broker.BrokerSettings;
import io.lightnvr.mqtt.broker.Credentials;
import io.lightnvr.mqtt.broker.paho.PahoBroker;
import io.lightnvr.mqtt.demo.recorder.Account;
import io.lightnvr.mqtt.demo.recorder.Account.Role;
import io.lightnvr.mqtt.demo.recorder.Generation;
import io.lightnvr.mqtt.demo.recorder.RecorderSetup;
import io.lightnvr.mqtt.demo.recorder.SimulatedEvents;
import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import io.lightnvr.mqtt.demo.recorder.SimulatedStream;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.supervisor.FakeSupervisor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A bridge that logs everything and has a secret in each option that takes one, in good days and in bad ones: none of
 * them is in what it prints, writes, publishes or shows to {@code ps}.
 */
@Execution(ExecutionMode.CONCURRENT)
class SecretsIT {

    private static final SimulatedRow PERSON = SimulatedRow.wholePicture("person", 0.9f);
    private static final String WRONG = "-but-wrong";
    private static final String MISSING = "io/lightnvr/mqtt/source/lightnvr/StreamsAnswer.class";

    private static final Pattern TOKEN = Pattern.compile("name=\"token\" content=\"([^\"]+)\"");

    @RegisterExtension
    final TestBed bed = new TestBed();

    private SecretBench bench;
    private Certificates certificates;
    private Mosquitto broker;
    private int tlsPort;
    private int pagePort;
    private SimulatedRecorder recorder;
    private Camera camera;
    private Subscriber tap;

    @BeforeEach
    void guardEverything() {
        bench = new SecretBench(bed);
        certificates = new Certificates(bed, "our-ca");
        tlsPort = Ports.free();
        pagePort = Ports.free();
        broker = bed.broker(guarded());
        recorder = bed.recorder(RecorderSetup.open()
                .of(Generation.V0_47)
                .withTokens(() -> Secrets.SESSION)
                .withAccounts(
                        Account.admin("anna", Secrets.RECORDER_PASSWORD, Secrets.API_KEY),
                        new Account("vera", Secrets.RECORDER_PASSWORD, "", Role.VIEWER)));
        camera = Camera.of(recorder, "front_door");
        recorder.streams()
                .add(new SimulatedStream(
                        new StreamName("front_door"),
                        "rtsp://camera:" + Secrets.CAMERA_PASSWORD + "@127.0.0.1/1",
                        "api-detection",
                        true,
                        SimulatedStream.Condition.UP));
        bed.own(SimulatedEvents.start(recorder, new PahoBroker(), settings("recorder"), PublishingRecorder.PREFIX));
        tap = Subscriber.start(bed, broker, "tap", "#", "-u", "tap", "-P", "tap");
    }

    @ParameterizedTest
    @ValueSource(strings = {"login", "key"})
    void aWholeLifeTellsNone(String access) throws IOException {
        BridgeOptions options = options();
        if (access.equals("login")) {
            options.nvr("api_key", "");
        }

        BridgeProcess bridge = bench.run(options);
        camera.awaitWatched().sees(PERSON);
        tap.await("lightnvr/detections/front_door");
        bench.lookAtProcess(bridge);
        bench.lookAt("the page", page());
        BridgeProcess check = bench.check(options);
        BridgeProcess publish = bench.publish(options);
        bridge.program().signal("QUIT");
        bridge.program().output().await("a dump of all threads", line -> line.startsWith("Full thread dump"));
        Eventually.isSo("a heartbeat", () -> Files.exists(bench.work().resolve("alive")));
        Map<String, String> modes = modes();
        assertThat(bridge.terminate()).isZero();

        assertThat(check.exitStatus()).as(check::printed).isZero();
        assertThat(publish.exitStatus()).as(publish::logText).isZero();
        assertThat(bridge.logText()).contains(" TRACE ");
        assertThat(modes)
                .containsKeys(
                        "lightnvr-mqtt.db", "lightnvr-mqtt.db-wal", "lightnvr-mqtt.lock", "alive", "visits.jsonl");
        assertThat(modes).allSatisfy((file, mode) -> assertThat(mode).as(file).isEqualTo("rw-------"));
        assertThatNothingIsTold();
    }

    /** Otherwise nobody would find anything anywhere. */
    @Test
    void theyAreFoundWhereTheyAre() {
        Path file = options().write(bed);

        assertThat(new Leaks(Secrets.ALL).inFile(file).found())
                .hasSize(6)
                .contains("the API key is in " + file, "the key's password is in " + file);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aRefusalTellsNone(UnaryOperator<BridgeOptions> change, String sentence) {
        BridgeOptions options = change.apply(options());

        BridgeProcess bridge = bench.run(options);
        bridge.awaitLog(sentence);
        bench.check(options);
        bench.publish(options);
        bridge.terminate();

        assertThatNothingIsTold();
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal(
                        "a wrong password of the broker",
                        options -> options.mqtt("password", Secrets.BROKER_PASSWORD + WRONG),
                        "refuses the connection: not authorized"),
                refusal(
                        "a wrong password of the recorder",
                        options -> options.nvr("api_key", "").nvr("password", Secrets.RECORDER_PASSWORD + WRONG),
                        "refuses the login of anna"),
                refusal(
                        "a wrong API key",
                        options -> options.nvr("api_key", Secrets.API_KEY + WRONG),
                        "refuses the API key"),
                refusal(
                        "a login with few rights",
                        options -> options.nvr("api_key", "").nvr("username", "vera"),
                        "role User"),
                refusal(
                        "a wrong password of the key",
                        options -> options.mqtt("tls_key_password", Secrets.KEY_PASSWORD + WRONG),
                        "cannot be decrypted with the password"),
                refusal(
                        "a broker of another name",
                        options -> options.mqtt("broker_host", "localhost"),
                        "its certificate is for another host name"),
                refusal(
                        "a broker of an unknown authority",
                        options -> options.mqtt("tls_ca_file", ""),
                        "is not signed by a trusted authority"),
                refusal(
                        "a recorder of an unknown authority",
                        options -> options.nvr("url", "https://127.0.0.1:" + options.value("mqtt", "broker_port")),
                        "cannot be trusted"),
                refusal(
                        "a wrong password for the recorder's events",
                        options -> options.nvr(
                                "events_broker",
                                options.value("nvr", "events_broker")
                                        .replace(Secrets.EVENTS_PASSWORD, Secrets.EVENTS_PASSWORD + WRONG)),
                        "check the login in nvr.events_broker"));
    }

    @Test
    void theSupervisorsAnswersTellNone() {
        FakeSupervisor supervisor = bed.own(FakeSupervisor.start());
        BridgeOptions options = BridgeOptions.ofAddOn(recorder.url()).nvr("api_key", Secrets.API_KEY);
        BridgeProcess bridge = bench.run(supervisor.environment(), BridgeProcess.jar(), options);
        bridge.awaitLog("No MQTT broker");

        supervisor.tell(500, Secrets.TOLD);
        bridge.awaitLog("cannot be used (status 500)");
        supervisor.tell(200, "{\"data\":{\"password\":\"" + Secrets.TOLD + "\"}}");
        bridge.awaitLog("cannot be used (status 200)");
        supervisor.tellBroker(broker.port(), "bridge", Secrets.BROKER_PASSWORD);
        broker.awaitClient("lightnvr-mqtt");
        bench.lookAtProcess(bridge);

        assertThat(bridge.terminate()).isZero();
        assertThatNothingIsTold();
    }

    /** A jar without one of its classes is the only bug that can be had for sure. */
    @Test
    void aBugTellsNone() throws IOException {
        Path broken = Files.copy(Path.of(BridgeProcess.jar()), bed.folder().resolve("broken.jar"));
        try (FileSystem jar = FileSystems.newFileSystem(broken)) {
            Files.delete(jar.getPath(MISSING));
        }

        BridgeProcess bridge = bench.run(Map.of(), broken.toString(), options());

        assertThat(bridge.exitStatus()).isEqualTo(3);
        assertThat(bridge.logText()).contains("Internal error", "NoClassDefFoundError", "\tat io.lightnvr.mqtt");
        assertThatNothingIsTold();
    }

    @Test
    void aCrashOfTheMachineTellsNone() throws IOException {
        BridgeProcess bridge = bench.run(options());
        camera.awaitWatched();

        bridge.program().signal("SEGV");

        bridge.program().exitStatus(Arrivals.PATIENCE);
        try (Stream<Path> files = Files.list(bench.work())) {
            assertThat(files).anyMatch(file -> file.getFileName().toString().startsWith("hs_err_pid"));
        }
        assertThatNothingIsTold();
    }

    /** All that the page tells somebody who knows its password; the doctor's report too. */
    private List<String> page() {
        String index = ask("", request -> request);
        Matcher token = TOKEN.matcher(index);
        assertThat(token.find()).as(index).isTrue();
        Stream<String> read = Stream.of("api/status", "api/visits", "api/report", "metrics", "healthz")
                .map(path -> ask(path, request -> request));
        String check = ask(
                "api/check",
                request -> request.header("X-Token", token.group(1)).POST(HttpRequest.BodyPublishers.noBody()));
        return Stream.concat(read, Stream.of(index, check)).toList();
    }

    private String ask(String path, UnaryOperator<HttpRequest.Builder> change) {
        String login =
                Base64.getEncoder().encodeToString(("any:" + Secrets.PAGE_PASSWORD).getBytes(StandardCharsets.UTF_8));
        URI page = URI.create("http://127.0.0.1:" + pagePort + "/" + path);
        HttpRequest request = change.apply(HttpRequest.newBuilder(page).header("Authorization", "Basic " + login))
                .build();
        try {
            HttpResponse<String> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void assertThatNothingIsTold() {
        bench.lookAt(
                "what the broker was told",
                tap.all().stream().map(Heard::toString).toList());
        bench.lookAt("the broker's log", broker.log().all());
        bench.assertThatNothingIsTold();
    }

    private BridgeOptions options() {
        Path key = bed.folder().resolve("encrypted.key");
        Certificates.Client client = certificates.client("bridge");
        certificates.openssl("pkcs8 -topk8 -passout pass:" + Secrets.KEY_PASSWORD, "-in", client.key(), "-out", key);
        return BridgeOptions.of(recorder.url(), tlsPort)
                .nvr("username", "anna")
                .nvr("password", Secrets.RECORDER_PASSWORD)
                .nvr("api_key", Secrets.API_KEY)
                .nvr("topic_prefix", PublishingRecorder.PREFIX)
                .nvr("events_broker", "mqtt://events:" + Secrets.EVENTS_PASSWORD + "@127.0.0.1:" + broker.port())
                .mqtt("broker_host", "127.0.0.1")
                .mqtt("username", "bridge")
                .mqtt("password", Secrets.BROKER_PASSWORD)
                .mqtt("tls_enabled", true)
                .mqtt("tls_ca_file", certificates.authority().toString())
                .mqtt("tls_cert_file", client.certificate().toString())
                .mqtt("tls_key_file", key.toString())
                .mqtt("tls_key_password", Secrets.KEY_PASSWORD)
                .with("web", "port", pagePort)
                .with("web", "password", Secrets.PAGE_PASSWORD);
    }

    /** A broker that wants passwords, and on a second port certificates too. */
    private String[] guarded() {
        Path passwords = Mosquitto.passwords(
                bed,
                "bridge:" + Secrets.BROKER_PASSWORD,
                "events:" + Secrets.EVENTS_PASSWORD,
                "recorder:recorder",
                "tap:tap");
        Stream<String> lines = Stream.of(
                "allow_anonymous false",
                "password_file " + passwords,
                "listener " + tlsPort + " 127.0.0.1",
                "cafile " + certificates.authority(),
                "require_certificate true");
        return Stream.concat(
                        lines,
                        certificates.server("IP:127.0.0.1").stream()
                                .filter(line -> !line.startsWith("allow_anonymous")))
                .toArray(String[]::new);
    }

    private BrokerSettings settings(String user) {
        return new BrokerSettings(
                "127.0.0.1",
                broker.port(),
                user,
                Optional.of(new Credentials(user, user, "check the test")),
                Duration.ofSeconds(60),
                Optional.empty(),
                Optional.empty());
    }

    /** The rights of all files that the bridge has made, by name; of a folder without that to enter it. */
    private Map<String, String> modes() throws IOException {
        Map<String, String> modes = new TreeMap<>();
        for (Path folder : List.of(bench.work(), bench.data(), bench.data().resolve("page"))) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
                    modes.put(
                            file.getFileName().toString(),
                            Files.isDirectory(file) ? mode.replaceFirst("^rwx", "rw-") : mode);
                }
            }
        }
        return modes;
    }

    private static Arguments refusal(String name, UnaryOperator<BridgeOptions> change, String sentence) {
        return Arguments.of(Named.of(name, change), sentence);
    }
}
