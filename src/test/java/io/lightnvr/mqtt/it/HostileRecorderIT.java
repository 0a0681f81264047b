package io.lightnvr.mqtt.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.Account;
import io.lightnvr.mqtt.demo.recorder.RecorderSetup;
import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.source.lightnvr.RawServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Recorders, or what answers in their place, that mean ill; against a bridge with the memory of a small machine. */
@Execution(ExecutionMode.CONCURRENT)
class HostileRecorderIT {

    private static final String RESULTS = "/api/detection/results/front_door";
    private static final String PASSWORD = "s3cret";
    private static final int CHUNK = 1 << 16;
    private static final String STORE_PASSWORD = "changeit";

    @RegisterExtension
    final TestBed bed = new TestBed();

    private final CountDownLatch never = new CountDownLatch(1);
    private SimulatedRecorder recorder;
    private Camera door;
    private Camera yard;
    private Mosquitto broker;
    private Subscriber subscriber;
    private RawServer elsewhere;

    /** An answer, and what of the sentence about it follows the call that it names. */
    private record Answer(RawServer.Handler handler, String sentence) {

        /** @param head with {@code %s} for the path that was asked for */
        static Answer of(String head, String sentence) {
            return new Answer(
                    (request, out) -> out.write(RawServer.bytes(head.replace("%s", request.path()))), sentence);
        }
    }

    @BeforeEach
    void watchARecorder() {
        recorder = bed.recorder(RecorderSetup.open().withAccounts(Account.admin("anna", PASSWORD, "k3y")));
        door = Camera.of(recorder, "front_door");
        yard = Camera.of(recorder, "yard");
        broker = bed.broker();
        subscriber = Subscriber.start(bed, broker, "listener", "lightnvr/#");
        elsewhere = bed.own(RawServer.always(RawServer.answer("200 OK", "{}")));
    }

    @Test
    void eachAnswerEndsInASentenceWhileOtherStreamsGoOn() {
        HostileFront front = bed.own(new HostileFront(recorder));
        BridgeProcess bridge = run(front);
        door.awaitWatched();
        yard.awaitWatched();
        int doors = 0;
        int yards = 0;

        for (Map.Entry<String, Answer> hostile : answers().entrySet()) {
            int said = complaints(bridge).size();
            front.trouble(RESULTS, hostile.getValue().handler());
            bridge.log().await(hostile.getKey(), said + 1, HostileRecorderIT::isComplaint);
            yard.sees(Measured.person());
            subscriber.await("lightnvr/detections/yard", ++yards);
            assertThat(complaints(bridge).get(said))
                    .as(hostile.getKey())
                    .contains(RESULTS + "?end=4102444800 " + hostile.getValue().sentence());
            front.makePeace();
            door.sees(Measured.person());
            subscriber.await("lightnvr/detections/front_door", ++doors);
            assertThat(complaints(bridge)).as(hostile.getKey()).hasSize(said + 1);
        }

        assertThat(elsewhere.requests).isEmpty();
        assertThat(bridge.terminate()).isZero();
        assertUnhurt(bridge);
    }

    @Test
    void aRecorderThatIsHostileAsAWholeIsNamedAndComesBack() {
        HostileFront front = bed.own(new HostileFront(recorder));
        front.trouble("/", Answer.of(redirect("302 Found"), "").handler());

        BridgeProcess bridge = run(front);
        assertThat(bridge.awaitLog("a redirect to " + elsewhere.url()))
                .endsWith(
                        "/api/health, which is not followed: set nvr.url to the address of LightNVR itself; trying again");
        front.trouble("/", (request, out) -> out.write(RawServer.answer("401 Unauthorized", "<html></html>")));
        assertThat(bridge.awaitLog("a proxy before it does")).contains("let the bridge pass there");
        front.makePeace();
        door.awaitWatched().sees(Measured.person());

        subscriber.await("lightnvr/detections/front_door");
        assertThat(elsewhere.requests).isEmpty();
        assertThat(bridge.terminate()).isZero();
        assertUnhurt(bridge);
    }

    @Test
    void aLoginThatGoesAstrayIsToldAndWhatIsOpenIsStillRead() {
        Map<String, Answer> logins = new LinkedHashMap<>();
        logins.put(
                "a page",
                Answer.of(
                        "HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Length: 13\n\n<html></html>",
                        "its answer is not one that LightNVR gives"));
        logins.put(
                "no cookie",
                Answer.of(
                        "HTTP/1.1 200 OK\nContent-Length: 2\n\n{}",
                        "refuses the login of anna until somebody logs in there"));
        logins.put(
                "a cookie beyond all limits",
                Answer.of(
                        "HTTP/1.1 200 OK\nSet-Cookie: session=" + "x".repeat(100_000) + "\nContent-Length: 2\n\n{}",
                        "refuses the login of anna"));
        logins.put("a redirect", Answer.of(redirect("307 Temporary Redirect"), "a redirect to " + elsewhere.url()));
        int events = 0;
        for (Map.Entry<String, Answer> login : logins.entrySet()) {
            HostileFront front = bed.own(new HostileFront(recorder));
            front.trouble("/api/auth/login", login.getValue().handler());
            door.expectAnotherBridge();

            BridgeProcess bridge = run(front);
            bridge.awaitLog(login.getValue().sentence());
            door.awaitWatched().sees(Measured.person());

            subscriber.await("lightnvr/detections/front_door", ++events);
            assertThat(bridge.terminate()).as(login.getKey()).isZero();
            assertUnhurt(bridge);
        }
        assertThat(elsewhere.requests).isEmpty();
    }

    @Test
    void aCertificateThatChangesEndsTheTrustUntilTheRightOneIsBack() throws Exception {
        Path trusted = bed.folder().resolve("trusted.p12");
        Certificates ours = new Certificates(bed, "our-ca");
        ServerSocketFactory right = sockets(ours, "right");
        ServerSocketFactory wrong = sockets(new Certificates(bed, "another-ca"), "wrong");
        trust(ours, trusted);
        int port = Ports.free();
        HostileFront front = front(right, port);
        BridgeProcess bridge = start(
                "https://localhost:" + port,
                List.of(
                        "-Djavax.net.ssl.trustStore=" + trusted,
                        "-Djavax.net.ssl.trustStorePassword=" + STORE_PASSWORD));
        door.awaitWatched().sees(Measured.person());
        subscriber.await("lightnvr/detections/front_door", 1);

        front.close();
        HostileFront impostor = front(wrong, port);
        bridge.awaitLog("cannot be trusted: its certificate is not signed by a trusted authority");
        impostor.close();
        front(right, port);
        door.sees(Measured.person());

        subscriber.await("lightnvr/detections/front_door", 2);
        assertThat(bridge.terminate()).isZero();
        assertUnhurt(bridge);
    }

    private Map<String, Answer> answers() {
        Map<String, Answer> answers = new LinkedHashMap<>();
        for (String status : List.of("301 Moved Permanently", "302 Found", "307 Temporary Redirect")) {
            answers.put(
                    status,
                    Answer.of(
                            redirect(status),
                            "with " + status.substring(0, 3) + ", a redirect to " + elsewhere.url() + RESULTS
                                    + ", which is not followed"));
        }
        answers.put(
                "a packed answer", new Answer((request, out) -> out.write(packed()), "is not one that LightNVR gives"));
        answers.put("an endless body", new Answer(endless("\n", new byte[CHUNK]), "with more than 256 KiB"));
        answers.put(
                "an endless body in chunks",
                new Answer(endless("Transfer-Encoding: chunked\n\n", chunk()), "with more than 256 KiB"));
        answers.put(
                "a body of the largest length",
                new Answer(
                        endless("Content-Length: 9223372036854775807\n\n", new byte[CHUNK]), "with more than 256 KiB"));
        answers.put("headers without an end", new Answer(endless("", header("X", CHUNK)), "broke off"));
        answers.put(
                "thousands of headers", new Answer(endless("", header("X", 1).repeat(CHUNK)), "broke off"));
        answers.put("cookies without an end", new Answer(endless("", header("Set-Cookie", CHUNK)), "broke off"));
        answers.put(
                "early answers without an end",
                new Answer((request, out) -> write(out, RawServer.bytes("HTTP/1.1 103 Early Hints\n\n")), "broke off"));
        answers.put("no HTTP", Answer.of("\u0000\u0001SSH-2.0\n\n", "broke off"));
        answers.put("a slow drip", new Answer(this::drip, "within 10s"));
        return answers;
    }

    private String redirect(String status) {
        return "HTTP/1.1 " + status + "\nLocation: " + elsewhere.url() + "%s\nContent-Length: 0\n\n";
    }

    /** 100 MB of zeros, as nobody has asked for them. */
    private static byte[] packed() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(bytes)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 100; i++) {
                zip.write(zeros);
            }
        }
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.writeBytes(RawServer.bytes(
                "HTTP/1.1 200 OK\nContent-Encoding: gzip\nContent-Length: %d\n\n".formatted(bytes.size())));
        answer.writeBytes(bytes.toByteArray());
        return answer.toByteArray();
    }

    private static String header(String name, int length) {
        return name + ": " + "x".repeat(length) + "\n";
    }

    private static byte[] chunk() {
        return RawServer.bytes(Integer.toHexString(CHUNK) + "\n" + "x".repeat(CHUNK) + "\n");
    }

    private static RawServer.Handler endless(String head, String again) {
        return endless(head, RawServer.bytes(again));
    }

    private static RawServer.Handler endless(String head, byte[] again) {
        return (request, out) -> {
            out.write(RawServer.bytes("HTTP/1.1 200 OK\n" + head));
            write(out, again);
        };
    }

    /** Writes until the client has closed the connection, which is an exception. */
    private static void write(OutputStream out, byte[] again) throws IOException {
        while (true) {
            out.write(again);
        }
    }

    /** A byte a second. */
    private void drip(RawServer.Request request, OutputStream out) throws IOException {
        out.write(RawServer.bytes("HTTP/1.1 200 OK\nContent-Length: 10000\n\n"));
        try {
            while (!never.await(1, TimeUnit.SECONDS)) {
                out.write(' ');
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private BridgeProcess run(HostileFront front) {
        return start(front.url().toString(), List.of());
    }

    private BridgeProcess start(String url, List<String> moreFlags) {
        BridgeOptions options = BridgeOptions.of(URI.create(url), broker.port())
                .nvr("username", "anna")
                .nvr("password", PASSWORD);
        List<String> flags = new ArrayList<>(Measured.SMALL_FLAGS);
        flags.addAll(moreFlags);
        return BridgeProcess.withFlags(bed, flags, options);
    }

    private static List<String> complaints(BridgeProcess bridge) {
        return bridge.log().all(HostileRecorderIT::isComplaint);
    }

    private static boolean isComplaint(String line) {
        return line.contains(" WARN ") && line.contains(RESULTS);
    }

    private static void assertUnhurt(BridgeProcess bridge) {
        assertThat(bridge.logText())
                .doesNotContain("OutOfMemory")
                .doesNotContain("\tat ")
                .doesNotContain(PASSWORD)
                .doesNotContain("<html>");
    }

    /** The port of one that was closed is free a moment later. */
    private HostileFront front(ServerSocketFactory sockets, int port) {
        HostileFront[] front = new HostileFront[1];
        Eventually.isSo("port " + port + " to be free", () -> {
            try {
                front[0] = bed.own(new HostileFront(recorder, sockets, port));
                return true;
            } catch (UncheckedIOException e) {
                return false;
            }
        });
        return front[0];
    }

    /** A server's sockets with a new certificate of an authority. */
    private ServerSocketFactory sockets(Certificates authority, String name)
            throws IOException, GeneralSecurityException {
        List<String> files = authority.server("DNS:localhost").stream()
                .filter(line -> line.contains("file "))
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .toList();
        Path store = bed.folder().resolve(name + ".p12");
        authority.openssl(
                "pkcs12 -export -passout pass:" + STORE_PASSWORD,
                "-in",
                files.get(0),
                "-inkey",
                files.get(1),
                "-out",
                store);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, STORE_PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, STORE_PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context.getServerSocketFactory();
    }

    private void trust(Certificates authority, Path store) {
        List<String> command = List.of(
                Path.of(BridgeProcess.java()).resolveSibling("keytool").toString(),
                "-importcert",
                "-noprompt",
                "-alias",
                "ours",
                "-file",
                authority.authority().toString(),
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                STORE_PASSWORD);
        assertThat(bed.program("keytool", Map.of(), command).exitStatus(Arrivals.PATIENCE))
                .isZero();
    }
}
