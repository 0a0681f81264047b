package io.lightnvr.mqtt.source.lightnvr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightnvr.mqtt.it.Ports;
import io.lightnvr.mqtt.source.SourceException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class LightNvrClientTest {

    /** For whatever must come, on a busy machine too. */
    private static final long PATIENCE_SECONDS = 60;

    private static final String NOT_FOLLOWED = ", which is not followed: set nvr.url to the address of LightNVR itself";

    private static final LightNvrClient.Deadlines SHORT =
            new LightNvrClient.Deadlines(Duration.ofSeconds(30), Duration.ofSeconds(3));

    @Test
    void sendsTheWholeHeadAtOnceAndNothingThatTheRecorderDoesNotKnow() throws Exception {
        try (RawServer server = RawServer.always(Captured.bytes("health"));
                LightNvrClient client = client(server)) {
            for (int i = 0; i < 20; i++) {
                client.get("/api/health", Map.of("X-API-Key", "k".repeat(100), "Cookie", "session=" + "s".repeat(100)));
            }

            assertThat(server.requests).hasSize(20).allMatch(RawServer.Request::headInOneRead);
            assertThat(server.lines()).containsOnly("GET /api/health HTTP/1.1");
            assertThat(server.requests.get(0).header("Upgrade")).isEmpty();
        }
    }

    @Test
    void sendsTheHeadOfAPostAtOnceToo() throws Exception {
        try (RawServer server = RawServer.always(Captured.bytes("login-200"));
                LightNvrClient client = client(server)) {
            RecorderAnswer answer = client.post("/api/auth/login", "{\"username\":\"ä\"}");

            RawServer.Request request = server.requests.get(0);
            assertThat(request.headInOneRead()).isTrue();
            assertThat(request.body()).isEqualTo("{\"username\":\"ä\"}");
            assertThat(request.header("Content-Type")).hasValue("application/json");
            assertThat(answer.session()).hasValue("0123456789abcdef0123456789abcdef");
        }
    }

    @Test
    void asksBelowThePathOfTheUrl() throws Exception {
        try (RawServer server = RawServer.always(Captured.bytes("health"));
                LightNvrClient client = new LightNvrClient(
                        URI.create(server.url() + "/nvr"), LightNvrClient.Deadlines.usual(), System::nanoTime)) {
            client.get("/api/health", Map.of());

            assertThat(server.lines()).containsExactly("GET /nvr/api/health HTTP/1.1");
        }
    }

    @Test
    void tellsABadStatusWithoutTheBody() {
        assertFails(RawServer.answer("500 Internal Server Error", "{\"password\":\"secret\"}"))
                .isEqualTo("The recorder answered GET /api/streams with 500");
        assertFails(Captured.bytes("stream-unknown")).isEqualTo("The recorder answered GET /api/streams with 404");
    }

    @Test
    void doesNotFollowARedirect() {
        assertFails(RawServer.bytes("HTTP/1.1 302 Found\nLocation: /login.html\nContent-Length: 0\n\n"))
                .isEqualTo("The recorder answered GET /api/streams with 302, a redirect to /login.html" + NOT_FOLLOWED);
        assertFails(RawServer.bytes("HTTP/1.1 308 Permanent Redirect\nContent-Length: 0\n\n"))
                .isEqualTo("The recorder answered GET /api/streams with 308, a redirect" + NOT_FOLLOWED);
    }

    @Test
    void showsNoSecretsOfARedirect() {
        assertFails(redirect("https://joe:hunter2@example.org/a@b?token=hunter2#hunter2"))
                .isEqualTo("The recorder answered GET /api/streams with 301, a redirect to https://example.org/a@b"
                        + NOT_FOLLOWED);
        assertFails(redirect("/\u009b2J" + "x".repeat(1_000)))
                .isEqualTo("The recorder answered GET /api/streams with 301, a redirect to /\u00c2?2J" + "x".repeat(195)
                        + "..." + NOT_FOLLOWED);
    }

    private static byte[] redirect(String location) {
        return RawServer.bytes("HTTP/1.1 301 Moved\nLocation: " + location + "\nContent-Length: 0\n\n");
    }

    @Test
    void tellsAProxyThatAsksForALogin() {
        String advice =
                " though LightNVR asks for no login there: a proxy before it does; let the bridge pass there, or set"
                        + " nvr.url to the address of LightNVR itself";

        assertFails(RawServer.answer("401 Unauthorized", "<html></html>"))
                .isEqualTo("The recorder answered GET /api/streams with 401" + advice);
        assertFails(RawServer.answer("407 Proxy Authentication Required", ""))
                .isEqualTo("The recorder answered GET /api/streams with 407" + advice);
    }

    @Test
    void refusesWhatIsNotJson() {
        String sentence = "The recorder's answer to GET /api/streams is not one that LightNVR gives";

        assertFails(RawServer.ok("<html><body>secret</body></html>")).isEqualTo(sentence);
        assertFails(RawServer.ok("[{\"name\":\"front_door\",\"url\":\"rtsp://user:sec"))
                .isEqualTo(sentence);
        assertFails(RawServer.ok("[] and more")).isEqualTo(sentence);
        assertFails(RawServer.ok("")).isEqualTo(sentence);
        assertFails(RawServer.ok("[".repeat(100_000))).isEqualTo(sentence);
    }

    @Test
    void givesUpAnAnswerThatIsTooLong() throws Exception {
        CompletableFuture<Integer> written = new CompletableFuture<>();
        RawServer.Handler twentyMegabytes = (request, out) -> {
            out.write(RawServer.bytes("HTTP/1.1 200 OK\nContent-Length: 20971520\n\n"));
            written.complete(writeUntilClosed(out, new byte[65_536], 320));
        };
        try (RawServer server = new RawServer(twentyMegabytes);
                LightNvrClient client = client(server)) {
            assertThatThrownBy(() -> client.get("/api/streams", Map.of()))
                    .isInstanceOf(SourceException.class)
                    .hasMessage("The recorder answered GET /api/streams with more than 1024 KiB");
            assertThat(written.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isLessThan(320);
        }
    }

    @Test
    void givesUpASlowDripAndClosesItsConnection() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CompletableFuture<Integer> written = new CompletableFuture<>();
        RawServer.Handler drip = (request, out) -> {
            out.write(RawServer.bytes("HTTP/1.1 200 OK\nContent-Length: 10000\n\n"));
            int count = 0;
            try {
                while (count < 10_000 && !never.await(10, TimeUnit.MILLISECONDS)) {
                    out.write(' ');
                    count++;
                }
            } catch (IOException | InterruptedException e) {
                written.complete(count);
            }
        };
        try (RawServer server = new RawServer(drip);
                LightNvrClient client = new LightNvrClient(server.url(), SHORT, System::nanoTime)) {
            assertThatThrownBy(() -> client.get("/api/health", Map.of()))
                    .isInstanceOf(SourceException.class)
                    .hasMessage("The recorder did not finish its answer to GET /api/health within 3s");
            assertThat(written.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isLessThan(10_000);
        }
    }

    @Test
    void tellsThatAnAnswerBrokeOff() {
        String sentence = "The recorder's answer to GET /api/streams broke off";

        assertFailsWith(sentence, (request, out) -> {
            out.write(RawServer.bytes("HTTP/1.1 200 OK\nContent-Length: 100\n\n[{\"name\":"));
            throw new IOException("closed");
        });
        assertFailsWith(sentence, (request, out) -> {
            throw new IOException("closed");
        });
        assertFailsWith(sentence, (request, out) -> {
            out.write(RawServer.bytes("this is no HTTP at all\n\n"));
            throw new IOException("closed");
        });
    }

    @Test
    void tellsThatTheRecorderCannotBeReached() {
        URI url = URI.create("http://127.0.0.1:" + Ports.free());
        try (LightNvrClient client = new LightNvrClient(url, LightNvrClient.Deadlines.usual(), System::nanoTime)) {
            assertThatThrownBy(() -> client.get("/api/health", Map.of()))
                    .isInstanceOf(SourceException.class)
                    .hasMessage("The recorder at %s cannot be reached", url);
        }
    }

    @Test
    void recommendsHttpWhereThePortSpeaksNoTls() {
        try (RawServer server = RawServer.always(RawServer.answer("400 Bad Request", "{}"))) {
            URI url = URI.create(server.url().toString().replace("http:", "https:"));
            try (LightNvrClient client = new LightNvrClient(url, LightNvrClient.Deadlines.usual(), System::nanoTime)) {
                assertThatThrownBy(() -> client.get("/api/health", Map.of()))
                        .isInstanceOf(SourceException.class)
                        .hasMessage("The recorder at %s does not speak https on this port: use http in nvr.url", url);
            }
        }
    }

    @Test
    void readsLabelsThatWereCutWithinACharacter() throws Exception {
        try (RawServer server = RawServer.always(Captured.bytes("results-invalid-utf8-label"));
                LightNvrClient client = client(server)) {
            RecorderAnswer answer = client.get("/api/detection/results/x?end=4102444800", Map.of());

            assertThat(answer.object().at("/detections/0/label").textValue()).isEqualTo("é".repeat(15) + "\uFFFD");
        }
    }

    @Test
    void asksForNoMoreThanFourThingsAtOnce() throws Exception {
        AtomicInteger most = new AtomicInteger();
        AtomicInteger now = new AtomicInteger();
        CountDownLatch four = new CountDownLatch(4);
        CountDownLatch five = new CountDownLatch(5);
        CountDownLatch go = new CountDownLatch(1);
        RawServer.Handler slow = (request, out) -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            four.countDown();
            five.countDown();
            await(go);
            now.decrementAndGet();
            out.write(Captured.bytes("health"));
        };
        ExecutorService askers = Executors.newFixedThreadPool(8);
        try (RawServer server = new RawServer(slow);
                LightNvrClient client = client(server)) {
            List<Future<RecorderAnswer>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                answers.add(askers.submit(() -> client.get("/api/health", Map.of())));
            }
            assertThat(four.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(five.await(100, TimeUnit.MILLISECONDS)).isFalse();
            go.countDown();
            for (Future<RecorderAnswer> answer : answers) {
                assertThat(answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS).status())
                        .isEqualTo(200);
            }
            assertThat(most).hasValue(4);
        } finally {
            askers.shutdownNow();
        }
    }

    @Test
    void endsWhatIsUnderWayWhenItIsClosed() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        ExecutorService asker = Executors.newSingleThreadExecutor();
        try (RawServer server = new RawServer((request, out) -> {
            asked.countDown();
            await(never);
        })) {
            LightNvrClient client = client(server);
            Future<RecorderAnswer> answer = asker.submit(() -> client.get("/api/health", Map.of()));
            assertThat(asked.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();

            client.close();
            client.close();

            assertThatThrownBy(() -> answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(SourceException.class)
                    .hasMessageContaining("GET /api/health was cancelled because the bridge is stopping");
            assertThatThrownBy(() -> client.get("/api/streams", Map.of()))
                    .isInstanceOf(SourceException.class)
                    .hasMessage("GET /api/streams was cancelled because the bridge is stopping");
        } finally {
            never.countDown();
            asker.shutdownNow();
        }
    }

    private static LightNvrClient client(RawServer server) {
        return new LightNvrClient(server.url(), LightNvrClient.Deadlines.usual(), System::nanoTime);
    }

    private static AbstractStringAssert<?> assertFails(byte[] answer) {
        try (RawServer server = RawServer.always(answer);
                LightNvrClient client = client(server)) {
            ThrowingCallable question = () -> StreamsAnswer.read(client.get("/api/streams", Map.of()));
            return assertThat(assertThatThrownBy(question)
                    .isInstanceOf(SourceException.class)
                    .hasNoCause()
                    .actual()
                    .getMessage());
        }
    }

    private static void assertFailsWith(String sentence, RawServer.Handler handler) {
        try (RawServer server = new RawServer(handler);
                LightNvrClient client = client(server)) {
            assertThatThrownBy(() -> client.get("/api/streams", Map.of()))
                    .isInstanceOf(SourceException.class)
                    .hasMessage(sentence);
        }
    }

    private static int writeUntilClosed(OutputStream out, byte[] chunk, int times) {
        int written = 0;
        try {
            while (written < times) {
                out.write(chunk);
                written++;
            }
        } catch (IOException e) {
            // The client has closed the connection.
        }
        return written;
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
