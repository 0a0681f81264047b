package io.lightnvr.mqtt.source.lightnvr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RecorderConnectionsTest {

    /** For whatever must come, on a busy machine too. */
    private static final long PATIENCE_SECONDS = 60;

    private static final byte[] REQUEST = "GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ANSWER = RawServer.answer("200 OK", "{}");
    private static final int MOST = 1_000;

    private final CountDownLatch never = new CountDownLatch(1);

    private interface Ask {
        Object ask() throws Exception;
    }

    @Test
    void keepsAConnection() throws Exception {
        try (RawServer server = RawServer.always(ANSWER);
                RecorderConnections connections = connections(server)) {
            repeatable(connections);
            repeatable(connections);
            repeatable(connections);

            assertThat(server.requests).hasSize(3);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void asksOnceMoreWhereTheRecorderHasClosedAKeptConnection() throws Exception {
        try (RawServer server = closingAfterEachAnswer();
                RecorderConnections connections = connections(server)) {
            for (int i = 0; i < 10; i++) {
                assertThat(repeatable(connections).status()).isEqualTo(200);
            }

            assertThat(server.requests).hasSize(10);
        }
    }

    @Test
    void asksNoMoreThanTwice() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        RawServer.Handler onlyTheFirst = (request, out) -> {
            if (asked.incrementAndGet() > 1) {
                throw new IOException("closed");
            }
            out.write(ANSWER);
        };
        try (RawServer server = new RawServer(onlyTheFirst);
                RecorderConnections connections = connections(server)) {
            assertThat(repeatable(connections).status()).isEqualTo(200);

            assertThatThrownBy(() -> repeatable(connections)).isInstanceOf(EOFException.class);
            assertThat(asked).hasValue(3);
        }
    }

    @Test
    void doesNotAskAgainOnceAnAnswerHasBegun() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        RawServer.Handler breaking = (request, out) -> {
            out.write(asked.incrementAndGet() == 1 ? ANSWER : RawServer.bytes("HTTP/1.1 2"));
            if (asked.get() > 1) {
                throw new IOException("closed");
            }
        };
        try (RawServer server = new RawServer(breaking);
                RecorderConnections connections = connections(server)) {
            assertThat(repeatable(connections).status()).isEqualTo(200);

            assertThatThrownBy(() -> repeatable(connections)).isInstanceOf(EOFException.class);
            assertThat(asked).hasValue(2);
        }
    }

    @Test
    void sendsWhatMustNotBeRepeatedOnANewConnection() throws Exception {
        try (RawServer server = RawServer.always(ANSWER);
                RecorderConnections connections = connections(server)) {
            repeatable(connections);
            connections.once(REQUEST, MOST, soon());

            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void doesNotTakeWhatCameUnaskedForTheNextAnswer() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        RawServer.Handler talkative = (request, out) -> {
            String json = "{\"number\":" + asked.incrementAndGet() + "}";
            out.write(RawServer.bytes(new String(RawServer.ok(json), StandardCharsets.UTF_8)
                    .replace("\r\n", "\n")
                    .repeat(2)));
        };
        try (RawServer server = new RawServer(talkative);
                RecorderConnections connections = connections(server)) {
            repeatable(connections);

            assertThat(new String(repeatable(connections).body(), StandardCharsets.UTF_8))
                    .isEqualTo("{\"number\":2}");
        }
    }

    @Test
    void triesTheNextAddressOfAHost() throws Exception {
        InetAddress silent = InetAddress.getByName("127.0.0.2");
        InetAddress recorder = InetAddress.getByName("127.0.0.1");
        try (RawServer server = RawServer.always(ANSWER);
                RecorderConnections connections = named(server, host -> new InetAddress[] {silent, silent, recorder})) {
            assertThat(repeatable(connections).status()).isEqualTo(200);
        }
        try (RawServer server = RawServer.always(ANSWER);
                RecorderConnections connections = named(server, host -> new InetAddress[] {silent, silent})) {
            assertThatThrownBy(() -> repeatable(connections)).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void tellsThatAHostHasNoAddress() {
        try (RawServer server = RawServer.always(ANSWER);
                RecorderConnections connections = named(server, host -> {
                    throw new UnknownHostException(host);
                })) {
            assertThatThrownBy(() -> repeatable(connections))
                    .isInstanceOf(ConnectException.class)
                    .hasCauseInstanceOf(UnknownHostException.class);
        }
    }

    @Test
    void doesNotHideAFaultOfALookup() {
        try (RawServer server = RawServer.always(ANSWER);
                RecorderConnections connections = named(server, host -> {
                    throw new NoClassDefFoundError("a module is missing");
                })) {
            assertThatThrownBy(() -> repeatable(connections))
                    .isInstanceOf(IllegalStateException.class)
                    .hasCauseInstanceOf(NoClassDefFoundError.class);
        }
    }

    @Test
    void waitsForANameServerUpToTheDeadline() {
        try (RawServer server = RawServer.always(ANSWER);
                RecorderConnections connections = named(server, this::hang)) {
            long deadline = System.nanoTime() + Duration.ofMillis(50).toNanos();

            assertThatThrownBy(() -> connections.repeatable(REQUEST, MOST, deadline))
                    .isInstanceOf(SocketTimeoutException.class);
        } finally {
            never.countDown();
        }
    }

    @Test
    void waitsForAnAnswerUpToTheDeadline() {
        try (RawServer server = new RawServer((request, out) -> await(never));
                RecorderConnections connections = connections(server)) {
            long deadline = System.nanoTime() + Duration.ofMillis(300).toNanos();

            assertThatThrownBy(() -> connections.repeatable(REQUEST, MOST, deadline))
                    .isInstanceOf(SocketTimeoutException.class);
        } finally {
            never.countDown();
        }
    }

    @Test
    void endsALookupWhenItIsClosed() throws Exception {
        CountDownLatch looking = new CountDownLatch(1);
        try (RawServer server = RawServer.always(ANSWER)) {
            RecorderConnections connections = named(server, host -> {
                looking.countDown();
                return hang(host);
            });
            CompletableFuture<Throwable> failure =
                    CompletableFuture.supplyAsync(() -> failureOf(() -> repeatable(connections)));
            assertThat(looking.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();

            connections.close();

            assertThat(failure.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
            assertThatThrownBy(() -> repeatable(connections)).isInstanceOf(CancellationException.class);
        } finally {
            never.countDown();
        }
    }

    @Test
    void endsAReadWhenTheThreadIsInterrupted() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        RawServer.Handler silent = (request, out) -> {
            asked.countDown();
            await(never);
        };
        try (RawServer server = new RawServer(silent);
                LightNvrClient client =
                        new LightNvrClient(server.url(), LightNvrClient.Deadlines.usual(), System::nanoTime)) {
            CompletableFuture<Throwable> failure = new CompletableFuture<>();
            Thread asker = new Thread(() -> failure.complete(failureOf(() -> client.get("/api/health", Map.of()))));
            asker.start();
            assertThat(asked.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();

            asker.interrupt();

            assertThat(failure.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        } finally {
            never.countDown();
        }
    }

    private static RawServer closingAfterEachAnswer() {
        return new RawServer((request, out) -> {
            out.write(ANSWER);
            throw new IOException("closed");
        });
    }

    private static Throwable failureOf(Ask question) {
        try {
            return new AssertionError("There is an answer: " + question.ask());
        } catch (Exception e) {
            return e;
        }
    }

    private static HttpAnswer repeatable(RecorderConnections connections) throws IOException, InterruptedException {
        return connections.repeatable(REQUEST, MOST, soon());
    }

    private static long soon() {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    }

    private static RecorderConnections connections(RawServer server) {
        return connections(server.url(), InetAddress::getAllByName);
    }

    private static RecorderConnections named(RawServer server, HostLookup.Resolver resolver) {
        return connections(URI.create("http://recorder:" + server.url().getPort()), resolver);
    }

    private static RecorderConnections connections(URI url, HostLookup.Resolver resolver) {
        return new RecorderConnections(url, new HostLookup(url.getHost(), resolver), Duration.ofSeconds(5));
    }

    private InetAddress[] hang(String host) throws UnknownHostException {
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new UnknownHostException(host);
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
