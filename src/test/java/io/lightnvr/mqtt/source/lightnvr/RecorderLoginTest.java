package io.lightnvr.mqtt.source.lightnvr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightnvr.mqtt.source.SourceException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecorderLoginTest {

    private static final String COOKIE = "session=0123456789abcdef0123456789abcdef";
    private static final String LOGIN = "POST /api/auth/login";
    private static final String STREAMS = "GET /api/streams";

    private final ScriptedRecorder recorder = new ScriptedRecorder().with("front_door");
    private final AtomicLong nanos = new AtomicLong();
    private final LightNvrClient client =
            new LightNvrClient(recorder.server.url(), LightNvrClient.Deadlines.usual(), nanos::get);

    @AfterEach
    void close() {
        client.close();
        recorder.close();
    }

    @Test
    void logsInOnceAndThenShowsItsSession() throws Exception {
        recorder.believed = COOKIE;
        RecorderLogin login = login("joe", "hunter2 \"ü\"");

        assertThat(login.headers()).isEmpty();
        assertThat(login.get("/api/streams").status()).isEqualTo(200);
        assertThat(login.get("/api/streams").status()).isEqualTo(200);

        assertThat(recorder.asked()).containsExactly(LOGIN, STREAMS, STREAMS);
        assertThat(recorder.server.requests.get(0).body())
                .isEqualTo("{\"username\":\"joe\",\"password\":\"hunter2 \\\"ü\\\"\"}");
        assertThat(login.headers()).isEqualTo(Map.of("Cookie", COOKIE));
    }

    @Test
    void prefersTheApiKey() throws Exception {
        recorder.believed = "key";
        RecorderLogin login = login(Optional.of(new RecorderAccess.Login("joe", "hunter2")), Optional.of("key"));

        assertThat(login.get("/api/streams").status()).isEqualTo(200);
        assertThat(recorder.asked()).containsExactly(STREAMS);
        assertThat(login.headers()).isEqualTo(Map.of("X-API-Key", "key"));
    }

    @Test
    void saysThatTheApiKeyIsRefused() throws Exception {
        recorder.believed = "another";
        RecorderLogin login = login(Optional.empty(), Optional.of("key"));

        assertThat(login.whyRefused(login.get("/api/streams")))
                .isEqualTo(
                        "The recorder refuses the API key: check nvr.api_key; meanwhile the bridge reads what needs no login");
    }

    @Test
    void neitherSendsNorShowsAnApiKeyThatNoHeaderCanCarry() throws Exception {
        recorder.believed = "key";
        RecorderLogin login = login(Optional.empty(), Optional.of("k\u00e9y\nX-Other: 1"));

        assertThat(login.whyRefused(login.get("/api/streams")))
                .doesNotContain("X-Other")
                .contains("check nvr.api_key");
        assertThat(recorder.server.requests.get(0).header("X-API-Key")).isEmpty();
    }

    @Test
    void saysWhatIsMissingWithoutALogin() throws Exception {
        recorder.believed = "key";
        RecorderLogin login = login(Optional.empty(), Optional.empty());

        assertThat(login.whyRefused(login.get("/api/streams")))
                .isEqualTo("The recorder shows zones and stopped streams only after a login: set nvr.api_key, or"
                        + " nvr.username and nvr.password; meanwhile the bridge reads what needs no login");
        assertThat(recorder.asked()).containsExactly(STREAMS);
    }

    @Test
    void logsInOnceAnewWhenItsSessionHasEnded() throws Exception {
        recorder.believed = COOKIE;
        RecorderLogin login = login("joe", "hunter2");
        login.get("/api/streams");
        recorder.believed = "session=second";
        recorder.login = RawServer.bytes(
                "HTTP/1.1 200 OK\nSet-Cookie: session=; Max-Age=0\nSet-Cookie: session=second; Path=/\nContent-Length: 0\n\n");

        assertThat(login.get("/api/streams").status()).isEqualTo(200);

        assertThat(recorder.asked()).containsExactly(LOGIN, STREAMS, STREAMS, LOGIN, STREAMS);
    }

    @Test
    void waitsTenMinutesAfterARefusal() throws Exception {
        recorder.believed = COOKIE;
        recorder.login = Captured.bytes("login-401");
        RecorderLogin login = login("j\n\u202eoe", "hunter2");

        RecorderAnswer refused = login.get("/api/streams");
        assertThat(login.whyRefused(refused))
                .isEqualTo(
                        "The recorder refuses the login of j??oe: check nvr.username and nvr.password; if it asks for a"
                                + " second factor, create an API key there and set nvr.api_key; if the user must change"
                                + " its password first, log in there once; meanwhile the bridge reads what needs no login");
        nanos.addAndGet(Duration.ofSeconds(599).toNanos());
        assertThat(login.get("/api/streams").isRefused()).isTrue();
        assertThat(recorder.asked()).containsExactly(LOGIN, STREAMS, STREAMS);
        recorder.login = Captured.bytes("login-200");
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(login.get("/api/streams").status()).isEqualTo(200);
    }

    @Test
    void recommendsAnApiKeyWhereASecondFactorIsWanted() throws Exception {
        recorder.believed = COOKIE;
        recorder.login = RawServer.ok("{\"totp_required\":true,\"totp_token\":\"0123456789abcdef\"}");
        RecorderLogin login = login("joe", "hunter2");

        assertThat(login.whyRefused(login.get("/api/streams")))
                .isEqualTo(
                        "The recorder refuses the login of joe without a second factor: create an API key there and set"
                                + " nvr.api_key; meanwhile the bridge reads what needs no login");
    }

    @Test
    void namesANewPasswordWhereTheRecorderAcceptsTheLoginWithoutASession() throws Exception {
        recorder.believed = COOKIE;
        recorder.login = RawServer.ok("{\"must_change_password\":true}");
        RecorderLogin login = login("joe", "hunter2");

        assertThat(login.whyRefused(login.get("/api/streams")))
                .startsWith("The recorder refuses the login of joe until somebody logs in there: ")
                .contains("a new password");
    }

    @Test
    void namesTheAddressWhereALoginIsAnsweredByAPage() throws Exception {
        recorder.believed = COOKIE;
        recorder.login = RawServer.ok("<html><body>Welcome</body></html>");
        RecorderLogin login = login("joe", "hunter2");

        assertThat(login.whyRefused(login.get("/api/streams")))
                .isEqualTo(
                        "The recorder refuses the login of joe: its answer is not one that LightNVR gives; set nvr.url"
                                + " to the address of LightNVR itself; meanwhile the bridge reads what needs no login");
    }

    @Test
    void takesNoSessionLongerThanACookieIs() throws Exception {
        recorder.believed = COOKIE;
        recorder.login = RawServer.bytes(
                "HTTP/1.1 200 OK\nSet-Cookie: session=" + "x".repeat(5_000) + "\nContent-Length: 2\n\n{}");
        RecorderLogin login = login("joe", "hunter2");

        assertThat(login.get("/api/streams").isUnauthorized()).isTrue();

        assertThat(recorder.asked()).containsExactly(LOGIN, STREAMS);
    }

    @Test
    void saysThatAnApiKeyThatWorkedHasProbablyExpired() throws Exception {
        recorder.believed = "key";
        RecorderLogin login = login(Optional.empty(), Optional.of("key"));
        login.get("/api/streams");
        recorder.believed = "another";

        RecorderAnswer refused = login.get("/api/streams");

        assertThat(login.whyUnauthorized(true))
                .isEqualTo("The recorder no longer accepts the API key: it has probably expired; make a new one and set"
                        + " nvr.api_key");
        assertThat(refused.isUnauthorized()).isTrue();
    }

    @Test
    void logsInForWhatIsOpenOnlyWhereTheRecorderWantsThat() throws Exception {
        RecorderLogin login = login("joe", "hunter2");
        login.getIfOpen("/api/streams", AnswerLimit.USUAL);
        assertThat(recorder.asked()).containsExactly(STREAMS);
        recorder.believed = COOKIE;

        assertThat(login.getIfOpen("/api/streams", AnswerLimit.USUAL).status()).isEqualTo(200);

        assertThat(recorder.asked()).containsExactly(STREAMS, STREAMS, LOGIN, STREAMS);
    }

    @Test
    void logsInThreeTimesIn5MinutesAtMost() throws Exception {
        RecorderLogin login = login("joe", "hunter2");
        for (int i = 0; i < 10; i++) {
            recorder.believed = "session=" + i;
            recorder.login = RawServer.bytes(
                    "HTTP/1.1 200 OK\nSet-Cookie: session=%d; Path=/\nContent-Length: 0\n\n".formatted(i));
            login.getIfOpen("/api/streams", AnswerLimit.USUAL);
        }

        assertThat(recorder.asked()).filteredOn(LOGIN::equals).hasSize(3);
        assertThat(login.whyUnauthorized(true))
                .isEqualTo("The recorder refuses the login of joe again and again: the bridge has tried 3 times in 5"
                        + " minutes, and waits");
        nanos.addAndGet(Duration.ofMinutes(10).toNanos());
        assertThat(login.getIfOpen("/api/streams", AnswerLimit.USUAL).status()).isEqualTo(200);
    }

    @Test
    void saysThatThereWereTooManyLogins() throws Exception {
        recorder.believed = COOKIE;
        recorder.login = RawServer.answer("429 Too Many Requests", "{\"error\":\"Too many login attempts\"}");
        RecorderLogin login = login("joe", "hunter2");

        assertThat(login.whyRefused(login.get("/api/streams")))
                .startsWith("The recorder refuses the login of joe for now: too many logins; ");
    }

    @Test
    void stopsLoggingInWhereTheRecorderAcceptsTheLoginButNotItsSession() throws Exception {
        recorder.believed = "session=none";
        RecorderLogin login = login("joe", "hunter2");
        login.get("/api/streams");

        assertThat(login.whyRefused(login.get("/api/streams")))
                .startsWith("The recorder refuses the login of joe right after accepting it: it may have to change its"
                        + " password first; ");
        assertThat(recorder.asked()).filteredOn(LOGIN::equals).hasSize(2);
    }

    @Test
    void saysThatALoginHasTooFewRights() throws Exception {
        recorder.instead.put("/api/streams", RawServer.answer("403 Forbidden", "{}"));
        RecorderLogin login = login("joe", "hunter2");

        assertThat(login.whyRefused(login.get("/api/streams")))
                .isEqualTo("The recorder does not list its streams: the login has too few rights, or must change its"
                        + " password first; meanwhile the bridge reads what needs no login");
        assertThat(recorder.asked()).containsExactly(LOGIN, STREAMS);
    }

    @Test
    void doesNotTakeTroubleOfTheRecorderForARefusal() throws Exception {
        recorder.believed = COOKIE;
        recorder.login = RawServer.answer("500 Internal Server Error", "{}");
        RecorderLogin login = login("joe", "hunter2");

        assertThatThrownBy(() -> login.get("/api/streams"))
                .isInstanceOf(SourceException.class)
                .hasMessage("The recorder answered POST /api/auth/login with 500");
        recorder.login = Captured.bytes("login-200");
        assertThat(login.get("/api/streams").status()).isEqualTo(200);
    }

    @Test
    void isInterruptedWhileAnotherThreadLogsIn() throws Exception {
        recorder.instead.put("/api/auth/login", RawServer.bytes("HTTP/1.1 200 OK\nContent-Length: 9\n\n"));
        RecorderLogin login = login("joe", "hunter2");
        FutureTask<RecorderAnswer> first = new FutureTask<>(() -> login.get("/api/streams"));
        FutureTask<RecorderAnswer> second = new FutureTask<>(() -> login.get("/api/settings"));
        new Thread(first).start();
        while (!recorder.asked().contains(LOGIN)) {
            Thread.onSpinWait();
        }
        Thread waiting = new Thread(second);
        waiting.start();
        while (waiting.getState() != Thread.State.WAITING && waiting.getState() != Thread.State.BLOCKED) {
            Thread.onSpinWait();
        }

        waiting.interrupt();

        assertThatThrownBy(() -> second.get(5, TimeUnit.SECONDS)).hasCauseInstanceOf(InterruptedException.class);
        assertThat(first).isNotDone();
    }

    private RecorderLogin login(String username, String password) {
        return login(Optional.of(new RecorderAccess.Login(username, password)), Optional.empty());
    }

    private RecorderLogin login(Optional<RecorderAccess.Login> login, Optional<String> apiKey) {
        return new RecorderLogin(client, new RecorderAccess(recorder.server.url(), login, apiKey), nanos::get);
    }
}
