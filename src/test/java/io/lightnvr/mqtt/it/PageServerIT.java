package io.lightnvr.mqtt.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The page's server against those who mean no good, and its bounds. */
@Execution(ExecutionMode.CONCURRENT)
class PageServerIT {

    private static final String SUPERVISOR = "172.30.32.2";
    private static final String HERE = "172.30.33.5";
    private static final int EMPTY_REPLY = 52;
    private static final int KIB = 1 << 10;
    private static final int MOST_CONNECTIONS = 200;
    private static final int MOST_LISTENERS = 20;
    private static final String HELLO = "event: hello\ndata: {\"started\":\"now\"}\n\n";
    private static final String CLOSING = "event: closing\ndata: {}\n\n";

    @RegisterExtension
    final TestBed bed = new TestBed();

    @Test
    void belowIngressOnlyTheSupervisorAndTheLoopbackHearAnything() {
        bed.enterNetwork();
        for (String address : List.of(SUPERVISOR, "172.30.32.1", "172.30.33.9", HERE)) {
            Program add = bed.program("ip", Map.of(), List.of("ip", "addr", "add", address + "/32", "dev", "lo"));
            assertThat(add.exitStatus(Arrivals.PATIENCE)).isZero();
        }
        PageProgram page = PageProgram.start(bed, "0.0.0.0", 8099, true, "");

        for (String path : List.of("/", "/api/status", "/healthz", "/none")) {
            String url = "http://" + HERE + ":" + page.port() + path;
            for (String stranger : List.of("172.30.32.1", "172.30.33.9", HERE)) {
                Program refused = curl("--interface", stranger, url);
                assertThat(refused.exitStatus(Arrivals.PATIENCE)).as(stranger).isEqualTo(EMPTY_REPLY);
                assertThat(refused.output().all()).isEmpty();
            }
        }
        Program admitted = curl(
                "--interface",
                SUPERVISOR,
                "-H",
                "Host: home.example.org",
                "http://" + HERE + ":" + page.port() + "/api/status");
        assertThat(admitted.exitStatus(Arrivals.PATIENCE)).isZero();
        assertThat(admitted.output().all()).contains("{\"streams\":[]}");
        Program local = curl("http://127.0.0.1:" + page.port() + "/api/status");
        assertThat(local.exitStatus(Arrivals.PATIENCE)).isZero();
    }

    @Test
    void aPortThatOnlyRootMayTakeIsRefusedWithASentence() {
        bed.enterNetwork();
        Program page = bed.program(
                "page",
                Map.of(),
                PageProgram.command(
                        List.of("setpriv", "--bounding-set=-net_bind_service"), "127.0.0.1", 80, false, ""));

        assertThat(page.exitStatus(Arrivals.PATIENCE)).isNotZero();
        assertThat(page.errors().all())
                .anyMatch(line -> line.endsWith(
                        "The page cannot listen on 127.0.0.1:80: Permission denied -> choose a web.port above 1023"));
    }

    @Test
    void demandsThePasswordAndAPauseAfterFiveThatAreWrong() {
        PageProgram page = PageProgram.start(bed, "127.0.0.1", Ports.free(), false, "s3cret-word");

        assertThat(PageClient.get(page.port(), "/"))
                .startsWith("HTTP/1.1 401 ")
                .containsIgnoringCase("WWW-Authenticate: Basic realm=\"LightNVR MQTT\", charset=\"UTF-8\"");
        assertThat(PageClient.get(page.port(), "/healthz"))
                .startsWith("HTTP/1.1 200 ")
                .endsWith("ok");
        assertThat(asUser(page, "s3cret-word")).startsWith("HTTP/1.1 200 ");
        for (int i = 0; i < 5; i++) {
            assertThat(asUser(page, "wrong")).startsWith("HTTP/1.1 401 ");
        }

        assertThat(asUser(page, "s3cret-word")).startsWith("HTTP/1.1 429 ").containsIgnoringCase("Retry-After: 1\r\n");
        Eventually.isSo(
                "the end of the pause", () -> asUser(page, "s3cret-word").startsWith("HTTP/1.1 200 "));
        assertThat(page.log()).isEmpty();
    }

    @Test
    void anActionNeedsTheTokenOfThePage() {
        PageProgram page = PageProgram.start(bed);
        String html = PageClient.get(page.port(), "/");
        String token = html.replaceAll("(?s).*name=\"token\" content=\"([^\"]+)\".*", "$1");
        String post = "POST /api/announce HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n";

        assertThat(PageClient.ask(page.port(), post + "\r\n")).startsWith("HTTP/1.1 403 ");
        assertThat(PageClient.ask(page.port(), post + "X-Token: " + "x".repeat(43) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 403 ");
        assertThat(PageClient.ask(
                        page.port(), post + "X-Token: " + token + "\r\nOrigin: http://evil.example.org\r\n\r\n"))
                .startsWith("HTTP/1.1 403 ");
        assertThat(PageClient.ask(page.port(), post + "X-Token: " + token + "\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ")
                .endsWith("announced");
        assertThat(PageClient.get(page.port(), "/api/announce"))
                .startsWith("HTTP/1.1 405 ")
                .containsIgnoringCase("\r\nAllow: POST\r\n");
    }

    @Test
    void aHeadHas8KiBAndABody4() {
        PageProgram page = PageProgram.start(bed);
        String get = "GET /api/status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";

        assertThat(PageClient.ask(page.port(), get + "A: " + "b".repeat(8_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
        assertThat(PageClient.ask(page.port(), get + "A: " + "b".repeat(8 * KIB) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ");
        assertThat(PageClient.ask(
                        page.port(),
                        "GET /" + "a".repeat(8 * KIB) + " HTTP/1.1\r\nHost: localhost\r\n"
                                + "Connection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ");
        assertThat(PageClient.ask(page.port(), get + "Content-Length: 4096\r\n\r\n" + "b".repeat(4 * KIB)))
                .startsWith("HTTP/1.1 200 ");
        assertThat(PageClient.ask(page.port(), get + "Content-Length: 4097\r\n\r\n" + "b".repeat(4 * KIB + 1)))
                .startsWith("HTTP/1.1 413 ");
        assertThat(PageClient.ask(
                        page.port(),
                        get + "Transfer-Encoding: chunked\r\n\r\n1001\r\n" + "b".repeat(4 * KIB + 1) + "\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ");
        for (String endless : List.of(
                "GET /" + "a".repeat(1_000 * KIB),
                get + "A: " + "b".repeat(1_000 * KIB),
                get + "A: b\r\n".repeat(10_000))) {
            assertThat(PageClient.ask(page.port(), endless)).isEmpty();
        }
        assertThat(PageClient.get(page.port(), "/api/status")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void whoIsSlowIsCutOffAndThenNoThreadIsLeft() {
        PageProgram page = PageProgram.start(bed);
        long begun = System.nanoTime();
        try (PageClient head = new PageClient(page.port()).say("GET /api/status HTTP/1.1\r\nHo");
                PageClient body = new PageClient(page.port())
                        .say("GET /api/status HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n1");
                PageClient answer = new PageClient(page.port()).sayGet("/api/large")) {

            assertThat(head.rest()).isEmpty();
            assertThat(body.rest()).isEmpty();
            Duration time = Duration.ofNanos(System.nanoTime() - begun);
            assertThat(time).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(20));
            Eventually.isSo(
                    "nothing but the JDK's own threads",
                    () -> page.threads().stream().noneMatch(name -> name.startsWith("page")));
            assertThat(answer.restLength()).isLessThan(16L << 20);
        }
        assertThat(page.threads()).contains("HTTP-Dispatcher").hasSize(2);
        assertThat(page.log()).isEmpty();
    }

    @Test
    void has200ConnectionsAtMost() {
        PageProgram page = PageProgram.start(bed);
        List<PageClient> silent = Stream.generate(() -> new PageClient(page.port()))
                .limit(MOST_CONNECTIONS)
                .toList();

        assertThat(PageClient.get(page.port(), "/api/status")).isEmpty();
        silent.forEach(PageClient::close);

        Eventually.isSo("all places free", () -> placesOf(page) == MOST_CONNECTIONS);
    }

    /** The JDK's server forgets a connection only if it is left in the right way. */
    @Test
    void noConnectionIsCountedForever() {
        PageProgram page = PageProgram.start(bed);
        for (int i = 0; i < MOST_CONNECTIONS + 8; i++) {
            try (PageClient client = new PageClient(page.port()).sayGet("/api/events")) {
                client.until(HELLO);
            }
            page.send(1, 100);
            page.send(1, 100);
            PageClient.ask(page.port(), "GET /api/status HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n");
            PageClient.get(page.port(), "/api/fault");
            PageClient.ask(page.port(), "HEAD /api/large HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            try (PageClient client = new PageClient(page.port()).sayGet("/api/large")) {
                client.until("\r\n\r\n");
            }
        }
        Eventually.isSo("nobody who listens", () -> {
            page.send(1, 100);
            return !page.hasListeners();
        });

        Eventually.isSo("all places free", () -> placesOf(page) == MOST_CONNECTIONS);
        assertThat(page.log().stream().filter(line -> line.contains("Internal error")))
                .as("each kind of fault once")
                .hasSize(1);
    }

    @Test
    void twentyListenAndThePlaceOfOneWhoLeavesIsForTheNext() {
        PageProgram page = PageProgram.start(bed);
        List<PageClient> listeners = new ArrayList<>();
        for (int i = 0; i < MOST_LISTENERS; i++) {
            PageClient listener = new PageClient(page.port()).sayGet("/api/events");
            assertThat(listener.until(HELLO)).contains("retry: 1000\n\n");
            listeners.add(listener);
        }

        assertThat(PageClient.get(page.port(), "/api/events"))
                .startsWith("HTTP/1.1 503 ")
                .containsIgnoringCase("\r\nRetry-After: 10\r\n")
                .endsWith("{\"error\":\"Too many pages are open\"}");
        assertThat(PageClient.get(page.port(), "/api/status"))
                .as("others are answered meanwhile")
                .startsWith("HTTP/1.1 200 ");
        listeners.get(7).close();
        Eventually.isSo("a free place", () -> {
            page.send(1, 100);
            try (PageClient next = new PageClient(page.port()).sayGet("/api/events")) {
                return next.until("\r\n\r\n").startsWith("HTTP/1.1 200 ");
            }
        });
        listeners.forEach(PageClient::close);
    }

    @Test
    void oneWhoNeverReadsIsCutOffAndHoldsUpNobody() {
        PageProgram page = PageProgram.start(bed);
        int events = 10;
        int rounds = 400;
        String event = "event: test\ndata: \"" + "x".repeat(4 * KIB - 2) + "\"\n\n";
        try (PageClient deaf = new PageClient(page.port()).sayGet("/api/events");
                PageClient quick = new PageClient(page.port()).sayGet("/api/events")) {
            deaf.until(HELLO);
            quick.until(HELLO);

            Duration slowest = Duration.ZERO;
            for (int i = 0; i < rounds; i++) {
                Duration round = page.send(events, 4 * KIB);
                slowest = round.compareTo(slowest) > 0 ? round : slowest;
                for (int n = 0; n < events; n++) {
                    assertThat(unchunked(quick.until("\"\n\n"))).isEqualTo(event);
                }
            }

            assertThat(slowest).isLessThan(Duration.ofSeconds(1));
            assertThat(deaf.restLength()).isLessThan((long) events * rounds * event.length() / 2);
        }
    }

    /** The system takes what is sent to them, so that no write ever waits. */
    @Test
    void thoseWhoNeverReadKeepTheirPlacesForFiveMinutes() {
        PageProgram page = PageProgram.start(bed);
        List<PageClient> deaf = Stream.generate(() -> new PageClient(page.port()).sayGet("/api/events"))
                .limit(MOST_LISTENERS)
                .toList();
        deaf.forEach(client -> client.until(HELLO));
        page.pass(Duration.ofSeconds(270));
        page.send(5, KIB);
        assertThat(PageClient.get(page.port(), "/api/events")).startsWith("HTTP/1.1 503 ");

        page.pass(Duration.ofSeconds(30));
        page.send(1, KIB);

        Eventually.isSo("places for others", () -> !page.hasListeners());
        assertThat(deaf.get(0).rest()).endsWith("event: renew\ndata: {}\n\n\r\n0\r\n\r\n");
        deaf.forEach(PageClient::close);
    }

    @Test
    void closesWithinASecondWhoeverIsThere() {
        PageProgram page = PageProgram.start(bed);
        try (PageClient listener = new PageClient(page.port()).sayGet("/api/events");
                PageClient deaf = new PageClient(page.port()).sayGet("/api/events");
                PageClient slow = new PageClient(page.port()).say("GET / HT");
                PageClient large = new PageClient(page.port()).sayGet("/api/large");
                PageClient endless = new PageClient(page.port()).sayGet("/api/endless");
                PageClient silent = new PageClient(page.port())) {
            listener.until(HELLO);
            deaf.until(HELLO);
            page.send(1, 32 << 20);
            endless.until("begun\n");
            large.until("\r\n\r\n");
            listener.until("\"\n\n");

            assertThat(page.closePage()).isLessThan(Duration.ofSeconds(1));
            assertThat(page.threads()).isEmpty();
            assertThat(listener.rest()).contains(CLOSING);
            assertThat(slow.rest()).isEmpty();
            assertThat(silent.rest()).isEmpty();
        }
        assertThat(page.log()).isEmpty();
    }

    @Test
    void aHostilePathLeadsNowhere() {
        PageProgram page = PageProgram.start(bed);

        for (String path : List.of(
                "/../PageServer.class",
                "/PageServer.class",
                "/%2e%2e/%2e%2e/Main.class",
                "/..%2f..%2fMain.class",
                "/..%5c..%5cMain.class",
                "/./index.html",
                "//index.html",
                "///etc/passwd",
                "/lang/",
                "/lang",
                "/index.html/",
                "/index.html%00.js",
                "/index.html%0d%0aX-A: b",
                "/INDEX.HTML",
                "/.index.html",
                "/api/status/",
                "/api//status",
                "/api%2Fstatus",
                "/api/status%20",
                "*",
                "index.html",
                "http://evil.example.org",
                "http://evil.example.org/../x",
                "mailto:a@example.org",
                "/%ff%fe",
                "/%")) {
            assertThat(PageClient.get(page.port(), path)).as(path).doesNotStartWith("HTTP/1.1 200 ");
        }
        assertThat(PageClient.get(page.port(), "/")).startsWith("HTTP/1.1 200 ");
        assertThat(page.log()).isEmpty();
    }

    /** A million bytes, the same in each run. */
    @Test
    void bearsWhateverIsSaid() {
        PageProgram page = PageProgram.start(bed);
        List<String> valid = List.of(
                "GET / HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n",
                "POST /api/announce HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nX-Token: a\r\n\r\nabc",
                "GET /api/status?a=%20 HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
                "HEAD /main.js HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\na");
        long bytes = 0;
        for (long seed = 0; bytes < 1_000_000; seed++) {
            String words = mutated(valid, new SplittableRandom(seed));
            bytes += words.length();
            try (PageClient client = new PageClient(page.port()).say(words).endOfWords()) {
                assertThat(client.rest()).as("seed %d: %s", seed, words).doesNotContain("HTTP/1.1 500 ");
            }
        }

        assertThat(PageClient.get(page.port(), "/api/status")).startsWith("HTTP/1.1 200 ");
        assertThat(page.log()).isEmpty();
    }

    private static String mutated(List<String> valid, SplittableRandom random) {
        StringBuilder words = new StringBuilder();
        int requests = 1 + random.nextInt(6);
        for (int i = 0; i < requests; i++) {
            words.append(valid.get(random.nextInt(valid.size())));
        }
        int changes = random.nextInt(12);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(words.length());
            switch (random.nextInt(5)) {
                case 0 -> words.setCharAt(at, (char) random.nextInt(256));
                case 1 -> words.deleteCharAt(at);
                case 2 -> words.insert(at, "\r\n".substring(random.nextInt(2)));
                case 3 ->
                    words.insert(at, Character.toString(random.nextInt(256)).repeat(random.nextInt(300)));
                default -> words.insert(at, words.substring(at, Math.min(words.length(), at + 40)));
            }
        }
        return words.toString();
    }

    /** How many connections it has at once, each of which is answered. */
    private static long placesOf(PageProgram page) {
        List<PageClient> clients = Stream.generate(() -> new PageClient(page.port()).sayGet("/healthz"))
                .limit(MOST_CONNECTIONS + 1)
                .toList();
        long answered = clients.stream().filter(PageClient::isAnswered).count();
        clients.forEach(PageClient::close);
        return answered;
    }

    private Program curl(String... words) {
        return bed.program(
                "curl",
                Map.of(),
                Stream.concat(Stream.of("curl", "-sS", "--max-time", "20"), Stream.of(words))
                        .toList());
    }

    private static String asUser(PageProgram page, String password) {
        String login = Base64.getEncoder().encodeToString(("me:" + password).getBytes(StandardCharsets.UTF_8));
        return PageClient.ask(
                page.port(),
                "GET /api/status HTTP/1.1\r\nHost: page.example.org\r\nConnection: close\r\nAuthorization: Basic "
                        + login
                        + "\r\n\r\n");
    }

    /** Without the lengths of HTTP's chunks. */
    private static String unchunked(String text) {
        return text.replaceAll("\r\n[0-9a-f]+\r\n", "").replaceAll("^(\r\n)?[0-9a-f]+\r\n", "");
    }
}
