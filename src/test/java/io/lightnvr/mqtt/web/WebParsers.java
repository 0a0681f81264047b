package io.lightnvr.mqtt.web;

import io.lightnvr.mqtt.fuzz.Parser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the page's server makes of a request, once the JDK's has split it. */
public final class WebParsers {

    private static final int LONGEST = 20 << 10;
    private static final long HOUR = Duration.ofHours(1).toNanos();
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final InetAddress SUPERVISOR = Heads.address("172.30.32.2");

    private WebParsers() {}

    public static List<Parser> all() {
        return List.of(
                requests("requests to the page", LOOPBACK, false, Optional.empty()),
                requests("requests to the page with a password", LOOPBACK, false, Optional.of("s3cret")),
                requests("requests to the page by the Supervisor", SUPERVISOR, true, Optional.empty()));
    }

    private static Parser requests(String name, InetAddress peer, boolean ingress, Optional<String> password) {
        return Parser.made(name, () -> feed(peer, ingress, password))
                .upTo(LONGEST)
                .with(
                        "GET / HTTP/1.1\nHost: 127.0.0.1:8099\nIf-None-Match: W/\"a\", \"b\"\n\n",
                        "GET /lang/de.json?v=1 HTTP/1.1\nHost: localhost\nSec-Fetch-Site: same-origin\n\n",
                        "GET /api/picture?stream=front%20door+%C3%BC&t=17&t HTTP/1.1\nHost: [::1]:8099\n"
                                + "Authorization: Basic bWU6czNjcmV0\n\n",
                        "HEAD /api/visits/0123456789abcdef/picture?v=3 HTTP/1.1\nHost: 127.0.0.1\n\n",
                        "POST /api/forget HTTP/1.1\nHost: home.example.org\nX-Token: abc\n"
                                + "Origin: https://home.example.org\nX-Forwarded-Host: home.example.org, a:80\n"
                                + "Sec-Fetch-Site: same-origin\n\n{\"stream\":\"front_door\"}")
                .finding("a path of many segments", "GET " + "/a".repeat(4_000) + ".js HTTP/1.1\nHost: 127.0.0.1\n\n")
                .finding("half a character", "GET /%C3?%C3=%F0%9F HTTP/1.1\nHost: 127.0.0.1\n\n");
    }

    private static Parser.Feed feed(InetAddress peer, boolean ingress, Optional<String> password) {
        Door door = new Door(ingress, password.map(secret -> new PasswordGate(secret, new ManualNanos())), new Token());
        PageFiles files = new PageFiles("io/lightnvr/mqtt/web/testpage/", Map.of());
        Reception reception = new Reception(door, files, WebParsers::route, new FaultLog(new ManualNanos()));
        return input -> take(reception, peer, new String(input, StandardCharsets.ISO_8859_1));
    }

    private static void take(Reception reception, InetAddress peer, String input)
            throws IOException, InterruptedException {
        int end = input.indexOf("\n\n");
        String[] lines = (end < 0 ? input : input.substring(0, end)).split("\n", -1);
        String[] first = lines[0].split(" ", 3);
        if (first.length < 3) {
            return;
        }
        int mark = first[1].indexOf('?');
        String path = mark < 0 ? first[1] : first[1].substring(0, mark);
        Head head = new Head(peer, first[0], path, mark < 0 ? "" : first[1].substring(mark + 1), headers(lines));
        byte[] body = end < 0 ? new byte[0] : input.substring(end + 2).getBytes(StandardCharsets.ISO_8859_1);
        Answer answer = reception.answer(head, new ByteArrayInputStream(body), () -> {});
        if (answer.status() == 500) {
            throw new AssertionError("A fault");
        }
    }

    private static Map<String, List<String>> headers(String[] lines) {
        Map<String, List<String>> headers = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.computeIfAbsent(lines[i].substring(0, colon), name -> new ArrayList<>())
                        .add(lines[i].substring(colon + 1).strip());
            }
        }
        return headers;
    }

    /** Only what no request may have makes it fail. */
    private static Answer route(Request request) {
        if (request.path().contains("..") && request.path().contains("/..")
                || request.path().startsWith("/")
                || request.body().length > 4 << 10) {
            throw new IllegalArgumentException("It should have been refused: " + request.path());
        }
        return Answer.text(request.path() + request.query());
    }
}
