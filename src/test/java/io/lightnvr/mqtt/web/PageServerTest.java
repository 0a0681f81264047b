package io.lightnvr.mqtt.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire. The bounds, which are those of a process, are for {@code PageServerIT}. */
class PageServerTest {

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors ";

    private final Map<String, Routes> routes = new ConcurrentHashMap<>();
    private final AtomicLong now = new AtomicLong();
    private final Broadcast broadcast = new Broadcast(() -> bytes("{}"), now::get);
    private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
    private PageServer server = start(false);

    @AfterEach
    void close() {
        server.close();
        assertThat(errors).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/main.js", "/api/none", "/../x", "/api/check"})
    void everyAnswerForbidsWhatThePageDoesNotNeed(String path) throws IOException {
        String answer = exchange("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .containsIgnoringCase("\r\nContent-Security-Policy: " + POLICY + "'none'\r\n")
                .containsIgnoringCase("\r\nX-Content-Type-Options: nosniff\r\n")
                .containsIgnoringCase("\r\nReferrer-Policy: no-referrer\r\n")
                .containsIgnoringCase("\r\nCross-Origin-Resource-Policy: same-origin\r\n")
                .containsIgnoringCase("\r\nX-Frame-Options: DENY\r\n")
                .doesNotContainIgnoringCase("set-cookie");
    }

    @Test
    void homeAssistantMayShowItInAFrame() throws IOException {
        server.close();
        server = start(true);

        String answer = exchange("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .containsIgnoringCase("\r\nContent-Security-Policy: " + POLICY + "'self'\r\n")
                .doesNotContainIgnoringCase("X-Frame-Options");
    }

    @Test
    void answersOneAfterTheOtherOnAConnection() throws IOException {
        routes.put("api/x", request -> Answer.text("x of " + request.query()));

        String answers = exchange("GET /api/x?a=1 HTTP/1.1\r\nHost: localhost\r\n\r\n"
                + "HEAD /api/x HTTP/1.1\r\nHost: localhost\r\n\r\n"
                + "GET /page.css HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answers.split("HTTP/1\\.1 200 OK\r\n")).hasSize(4).satisfies(parts -> {
            assertThat(parts[1]).endsWith("\r\n\r\nx of {a=1}");
            assertThat(parts[2])
                    .containsIgnoringCase("\r\ncontent-length: 7\r\n")
                    .endsWith("\r\n\r\n");
            assertThat(parts[3]).endsWith("\r\n\r\nbody {}\n");
        });
    }

    @Test
    void tellsThatAFileIsTheSame() throws IOException {
        String first = exchange("HEAD /main.js HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        String tag = first.replaceAll("(?si).*\r\netag: (\\S+)\r\n.*", "$1");

        String second = exchange(
                "GET /main.js HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nIf-None-Match: " + tag + "\r\n\r\n");

        assertThat(second).startsWith("HTTP/1.1 304 Not Modified\r\n").endsWith("\r\n\r\n");
    }

    @Test
    void anActionNeedsTheTokenThatThePageHas() throws IOException {
        routes.put("api/announce", request -> Answer.text("did " + new String(request.body(), StandardCharsets.UTF_8)));
        String page = exchange("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        String token = page.replaceAll("(?s).*name=\"token\" content=\"([^\"]+)\".*", "$1");
        String post = "POST /api/announce HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 2\r\n";

        assertThat(exchange(post + "\r\n{}")).startsWith("HTTP/1.1 403 ");
        assertThat(exchange(post + "X-Token: " + token + "\r\n\r\n{}"))
                .startsWith("HTTP/1.1 200 ")
                .endsWith("did {}");
    }

    @Test
    void sendsWhatComesBitByBitAtOnce() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        routes.put(
                "api/bits",
                request -> Answer.streamed("application/octet-stream", out -> {
                    out.write('a');
                    read.await();
                    out.write(bytes("bc"));
                }));

        try (Socket socket = send("GET /api/bits HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
            readUntil(socket, "\r\n\r\n1\r\na\r\n");
            read.countDown();
            assertThat(readAll(socket)).isEqualTo("2\r\nbc\r\n0\r\n\r\n");
        }
    }

    @Test
    void aFaultMidwayEndsTheConnection() throws Exception {
        routes.put(
                "api/bits",
                request -> Answer.streamed("application/octet-stream", out -> {
                    out.write('a');
                    throw new IllegalStateException("Oops");
                }));

        assertThat(exchange("GET /api/bits HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .endsWith("\r\n\r\n1\r\na\r\n");
    }

    @Test
    void tellsThoseWhoListen() throws Exception {
        routes.put("api/events", request -> Answer.events());
        try (Socket socket = send("GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
            String head = readUntil(socket, "event: hello\ndata: {}\n\n");
            assertThat(head)
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .containsIgnoringCase("\r\ncontent-type: text/event-stream\r\n")
                    .containsIgnoringCase("\r\nCache-Control: no-store, no-transform\r\n")
                    .containsIgnoringCase("\r\nX-Accel-Buffering: no\r\n")
                    .contains("retry: 1000\n\n");

            broadcast.send("part", () -> bytes("{\"part\":\"broker\"}"));
            readUntil(socket, "event: part\ndata: {\"part\":\"broker\"}\n\n");
            server.close();

            assertThat(readAll(socket)).contains("event: closing\ndata: {}\n\n").endsWith("0\r\n\r\n");
        }
    }

    @Test
    void whoIsAskedToConnectAgainHasLeftItsPlaceForThat() throws Exception {
        routes.put("api/events", request -> Answer.events());
        String get = "GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n";
        List<Socket> others = new ArrayList<>();
        try (Socket socket = send(get)) {
            readUntil(socket, "event: hello\ndata: {}\n\n");
            now.addAndGet(Listener.TIME.toNanos());
            for (int i = 1; i < Broadcast.MOST_LISTENERS; i++) {
                Socket other = send(get);
                others.add(other);
                readUntil(other, "event: hello\ndata: {}\n\n");
            }

            broadcast.send("part", () -> bytes("{}"));
            readUntil(socket, "event: renew\ndata: {}\n\n");

            try (Socket again = send(get)) {
                readUntil(again, "event: hello\ndata: {}\n\n");
            }
            assertThat(readAll(socket)).isEqualTo("\r\n0\r\n\r\n");
        } finally {
            for (Socket other : others) {
                other.close();
            }
        }
    }

    @Test
    void headOfTheEventsIsNoListener() throws Exception {
        routes.put("api/events", request -> Answer.events());

        String answer = exchange("HEAD /api/events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\n");
        assertThat(broadcast.hasListeners()).isFalse();
    }

    @Test
    void closingInterruptsTheRoutes() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        routes.put("api/long", request -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
                return Answer.text("never");
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        });
        try (Socket socket = send("GET /api/long HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
            begun.await();

            server.close();

            assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(readAll(socket)).isEmpty();
        }
    }

    @Test
    void saysWhyItCannotListen() {
        InetSocketAddress taken = server.address();

        assertThatThrownBy(() -> PageServer.start(settings(taken, false), request -> null, broadcast, errors::add))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "The page cannot listen on 127.0.0.1:%d: Address already in use -> choose another web.port",
                        taken.getPort());
        assertThatThrownBy(() -> PageServer.start(
                        settings(new InetSocketAddress("192.0.2.1", 0), false),
                        request -> null,
                        broadcast,
                        errors::add))
                .hasMessage("The page cannot listen on 192.0.2.1:0: Cannot assign requested address"
                        + " -> set web.bind to an address of this machine");
        assertThatThrownBy(() -> PageServer.start(
                        settings(InetSocketAddress.createUnresolved("nowhere.invalid", 0), false),
                        request -> null,
                        broadcast,
                        errors::add))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the name is unknown");
    }

    @Test
    void closesTwice() {
        server.close();
        server.close();
    }

    private PageServer start(boolean ingress) {
        try {
            return PageServer.start(
                    settings(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), ingress),
                    "io/lightnvr/mqtt/web/testpage/",
                    request -> routes.getOrDefault(request.path(), none -> Answer.error(404, "None"))
                            .answer(request),
                    broadcast,
                    errors::add);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static PageSettings settings(InetSocketAddress address, boolean ingress) {
        return new PageSettings(address, Optional.empty(), ingress, PageSettings.BRIDGE);
    }

    /** Sends requests, the last of which closes the connection, and reads all that comes. */
    private String exchange(String requests) throws IOException {
        try (Socket socket = send(requests)) {
            return readAll(socket);
        }
    }

    private Socket send(String requests) throws IOException {
        Socket socket =
                new Socket(server.address().getAddress(), server.address().getPort());
        socket.setSoTimeout(30_000);
        socket.getOutputStream().write(bytes(requests));
        return socket;
    }

    private static String readAll(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String readUntil(Socket socket, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (text.indexOf(end) < 0) {
            int next = in.read();
            assertThat(next).as("more after %s", text).isNotNegative();
            text.append((char) next);
        }
        return text.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
