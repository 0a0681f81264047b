package io.lightnvr.mqtt.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoorTest {

    private static final String SUPERVISOR = "172.30.32.2";
    private static final String TOKEN = "X-Token";

    private final Token token = new Token();
    private final Door open = new Door(false, Optional.empty(), token);
    private final Door ingress = new Door(true, Optional.empty(), token);
    private final Door guarded = new Door(false, Optional.of(new PasswordGate("s3cret", new ManualNanos())), token);

    @Test
    void belowIngressOnlyTheSupervisorAndTheLoopbackMayConnect() {
        assertThat(mayConnect(ingress, SUPERVISOR, "127.0.0.1", "127.1.2.3", "::1", "::ffff:172.30.32.2"))
                .isTrue();
        assertThat(mayConnect(ingress, "172.30.32.1")).isFalse();
        assertThat(mayConnect(ingress, "172.30.33.2")).isFalse();
        assertThat(mayConnect(ingress, "192.168.1.2")).isFalse();
        assertThat(mayConnect(ingress, "fe80::1")).isFalse();
        assertThat(mayConnect(open, "192.168.1.2")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:8099", "localhost:8099", "[::1]:8099", "192.168.1.2:8099"})
    void withoutAPasswordItIsReachedByAddress(String host) {
        assertThat(refusal(open, Heads.get("/").set("Host", host))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example.org", "bridge:8099", "127.0.0.1.nip.io"})
    void withoutAPasswordANameIsRefused(String host) {
        Answer refusal = refusal(open, Heads.get("/").set("Host", host)).orElseThrow();

        assertThat(refusal.status()).isEqualTo(403);
        assertThat(Answers.error(refusal))
                .isEqualTo(
                        "Without a password the page is not reached by a name: use its address, or set web.password");
        assertThat(refusal(ingress, Heads.get("/").set("Host", host))).isPresent();
    }

    @Test
    void withAPasswordAnyNameIsLetIn() {
        assertThat(refusal(guarded, known(Heads.get("/").set("Host", "bridge.example.org"))))
                .isEmpty();
    }

    @Test
    void theRequestMustSayOnceWhichHostItIsFor() {
        assertThat(status(open, Heads.get("/").without("Host"))).isEqualTo(400);
        assertThat(status(open, Heads.get("/").set("Host", ""))).isEqualTo(400);
        assertThat(status(open, Heads.get("/").add("Host", "127.0.0.1:8099"))).isEqualTo(400);
        assertThat(status(guarded, known(Heads.get("/").set("Host", "a/b")))).isEqualTo(400);
    }

    @Test
    void theSupervisorsHostIsThatOfHomeAssistant() {
        assertThat(refusal(ingress, fromHomeAssistant(Heads.get("/")))).isEmpty();
        assertThat(refusal(ingress, fromHomeAssistant(Heads.get("/")).without("Host")))
                .isEmpty();
    }

    @Test
    void theSupervisorIsNobodyWithoutIngress() {
        assertThat(status(open, fromHomeAssistant(Heads.get("/")))).isEqualTo(403);
    }

    @Test
    void everythingButTheHealthAsksForThePassword() {
        for (String path : new String[] {"/", "/page.css", "/api/status", "/api/events", "/metrics", "/healthz/x"}) {
            assertThat(status(guarded, Heads.get(path))).as(path).isEqualTo(401);
        }
        assertThat(status(guarded, Heads.post("/api/check").set(TOKEN, token.text())))
                .isEqualTo(401);
        assertThat(status(guarded, known(Heads.get("/api/status")))).isZero();
        assertThat(status(guarded, Heads.get("/healthz"))).isZero();
        assertThat(status(guarded, Heads.of("PUT", "/healthz"))).isEqualTo(405);
    }

    @Test
    void anActionNeedsTheTokenOfThisStart() {
        Answer refusal = refusal(open, Heads.post("/api/check")).orElseThrow();

        assertThat(refusal.status()).isEqualTo(403);
        assertThat(Answers.error(refusal)).isEqualTo("The request has no token of the page: load the page again");
        assertThat(status(open, action())).isZero();
        assertThat(status(open, action().add(TOKEN, token.text()))).isEqualTo(403);
    }

    @Test
    void aTokenOfAnEarlierStartIsToldFromNone() {
        Answer refusal = refusal(open, Heads.post("/api/check").set(TOKEN, "x")).orElseThrow();

        assertThat(refusal.status()).isEqualTo(403);
        assertThat(Answers.error(refusal)).isEqualTo("The page is older than the bridge's last start: load it again");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/check", "/api/test-event", "/api/announce", "/api/forget"})
    void anActionIsAPost(String path) {
        for (String method : new String[] {"GET", "HEAD", "PUT", "OPTIONS"}) {
            Answer refusal = refusal(open, Heads.of(method, path)).orElseThrow();

            assertThat(refusal.status()).as(method).isEqualTo(405);
            assertThat(Answers.error(refusal)).isEqualTo("This address takes POST only");
            assertThat(refusal.headers()).containsEntry("Allow", "POST");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/main.js", "/api/status", "/api/events", "/metrics", "/healthz", "/api/check/x"})
    void anythingElseIsRead(String path) {
        for (String method : new String[] {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "get", "X"}) {
            Answer refusal = refusal(open, Heads.of(method, path).set(TOKEN, token.text()))
                    .orElseThrow();

            assertThat(refusal.status()).as(method).isEqualTo(405);
            assertThat(Answers.error(refusal)).isEqualTo("This address takes GET only");
            assertThat(refusal.headers()).containsEntry("Allow", "GET, HEAD");
        }
        assertThat(status(open, Heads.get(path))).isZero();
        assertThat(status(open, Heads.of("HEAD", path))).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8099, 0",
        "http://127.0.0.1:8098, 403",
        "http://evil.example.org, 403",
        "https://127.0.0.1, 403",
        "null, 403",
    })
    void anActionAndDataAreForItsOwnPage(String origin, int status) {
        assertThat(status(open, action().set("Origin", origin))).isEqualTo(status);
        assertThat(status(open, Heads.get("/api/events").set("Origin", origin))).isEqualTo(status);
        assertThat(status(open, Heads.get("/api/picture").set("Origin", origin)))
                .isEqualTo(status);
        assertThat(status(open, Heads.get("/main.js").set("Origin", origin))).isZero();
    }

    @ParameterizedTest
    @CsvSource({"same-origin, 0", "none, 0", "same-site, 403", "cross-site, 403", "'', 403", "x, 403"})
    void theBrowsersWordCountsWithoutAnOrigin(String site, int status) {
        assertThat(status(open, action().set("Sec-Fetch-Site", site))).isEqualTo(status);
        assertThat(status(open, Heads.get("/api/picture").set("Sec-Fetch-Site", site)))
                .isEqualTo(status);
        assertThat(status(open, Heads.get("/").set("Sec-Fetch-Site", site))).isZero();
    }

    @Test
    void theBrowsersWordDoesNotOutweighAWrongOriginOutsideOfIngress() {
        Heads action = action().set("Sec-Fetch-Site", "same-origin").set("Origin", "http://evil.example.org");

        assertThat(status(open, action)).isEqualTo(403);
    }

    @Test
    void aProxyMayTellTheNameByWhichItIsReached() {
        Heads action = known(action()).set("Host", "bridge:8099").set("Origin", "https://cameras.example.org");

        assertThat(status(guarded, action)).isEqualTo(403);
        assertThat(Answers.error(refusal(guarded, action).orElseThrow()))
                .isEqualTo("The request comes from a page of another address; a proxy in between must keep the"
                        + " header Host");
        action.set("X-Forwarded-Host", "outer.example.org, cameras.example.org");
        assertThat(status(guarded, action)).isZero();
    }

    @Test
    void belowIngressTheOriginIsThatOfHomeAssistant() {
        assertThat(status(ingress, fromHomeAssistant(action()).set("Origin", "https://home.example.org")))
                .isZero();
        assertThat(status(ingress, fromHomeAssistant(action()).set("Origin", "https://evil.example.org")))
                .isEqualTo(403);
    }

    @Test
    void belowIngressTheBrowsersWordIsEnoughWhereAProxyHidesTheName() {
        Heads action = fromHomeAssistant(action())
                .set("Host", "homeassistant:8123")
                .set("X-Forwarded-Host", "homeassistant:8123")
                .set("Origin", "https://home.example.org");

        assertThat(status(ingress, action)).isEqualTo(403);
        assertThat(status(ingress, action.set("Sec-Fetch-Site", "same-origin"))).isZero();
        assertThat(status(ingress, action.set("Sec-Fetch-Site", "cross-site"))).isEqualTo(403);
        assertThat(status(
                        ingress,
                        action.set("Sec-Fetch-Site", "same-origin")
                                .from("127.0.0.1")
                                .set("Host", "localhost")))
                .isEqualTo(403);
    }

    private Heads action() {
        return Heads.post("/api/check").set(TOKEN, token.text());
    }

    /** As Home Assistant and the Supervisor pass it on. */
    private static Heads fromHomeAssistant(Heads heads) {
        return heads.from(SUPERVISOR)
                .set("Host", "home.example.org")
                .set("X-Ingress-Path", "/api/hassio_ingress/x")
                .set("X-Forwarded-For", "192.168.1.7, 172.30.32.1")
                .set("X-Forwarded-Host", "home.example.org")
                .set("X-Forwarded-Proto", "https");
    }

    private static Heads known(Heads heads) {
        String login = Base64.getEncoder().encodeToString("me:s3cret".getBytes(StandardCharsets.UTF_8));
        return heads.set("Authorization", "Basic " + login);
    }

    private static boolean mayConnect(Door door, String... addresses) {
        for (String address : addresses) {
            if (!door.mayConnect(Heads.address(address))) {
                return false;
            }
        }
        return true;
    }

    private static Optional<Answer> refusal(Door door, Heads heads) {
        Head head = heads.head();
        return door.refusal(head, head.path().orElseThrow());
    }

    private static int status(Door door, Heads heads) {
        return refusal(door, heads).map(Answer::status).orElse(0);
    }
}
