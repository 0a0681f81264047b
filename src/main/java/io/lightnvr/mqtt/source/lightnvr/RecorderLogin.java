package io.lightnvr.mqtt.source.lightnvr;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.lightnvr.mqtt.event.Text;
import io.lightnvr.mqtt.source.SourceException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Authenticates requests by the API key, or by one login and its session cookie, since a password with every request
 * costs the recorder 22 ms. The recorder limits logins (5 in 300 s by default), so a refusal stops them for 10 minutes,
 * and a session that ends early causes one new login. Thread-safe: one thread at a time logs in, threads that need its
 * session wait, interruptibly, and calls that need no login do not.
 */
final class RecorderLogin {

    private static final long AFTER_REFUSAL_NANOS = Duration.ofMinutes(10).toNanos();
    private static final String LOGIN = "/api/auth/login";
    private static final String WITHOUT_LOGIN = "; meanwhile the bridge reads what needs no login";

    private final LightNvrClient client;
    private final RecorderAccess access;
    private final LongSupplier nanoTime;
    private final ReentrantLock loggingIn = new ReentrantLock();
    private volatile Optional<String> session = Optional.empty();
    private volatile Optional<Refusal> refusal = Optional.empty();

    /** The last refusal, and when it came, on the monotonic clock. */
    private record Refusal(String why, long sinceNanos) {}

    RecorderLogin(LightNvrClient client, RecorderAccess access, LongSupplier nanoTime) {
        this.client = client;
        this.access = access;
        this.nanoTime = nanoTime;
    }

    /** Returns the headers for any call, even one that needs no login. */
    Map<String, String> headers() {
        if (access.apiKey().isPresent()) {
            return access.apiKey()
                    .filter(LightNvrClient::isHeaderValue)
                    .map(key -> Map.of("X-API-Key", key))
                    .orElse(Map.of());
        }
        return cookie(session);
    }

    /**
     * Makes a call that needs a login.
     *
     * @return the answer, {@linkplain RecorderAnswer#isRefused refused} if the credentials do not suffice
     * @throws SourceException if there is no answer
     */
    RecorderAnswer get(String path) throws SourceException, InterruptedException {
        if (access.apiKey().isPresent() || access.login().isEmpty()) {
            return client.get(path, headers());
        }
        Optional<String> used = session(Optional.empty());
        RecorderAnswer answer = client.get(path, cookie(used));
        return answer.isUnauthorized() && used.isPresent() ? getAnew(path, answer, used) : answer;
    }

    /** Returns why an answer was refused, a sentence without a full stop. */
    String whyRefused(RecorderAnswer refused) {
        if (!access.hasCredentials()) {
            return "The recorder shows zones and stopped streams only after a login: set nvr.api_key, or nvr.username and"
                    + " nvr.password" + WITHOUT_LOGIN;
        }
        return reason(refused) + WITHOUT_LOGIN;
    }

    private String reason(RecorderAnswer refused) {
        if (!refused.isUnauthorized()) {
            return "The recorder does not list its streams: the login has too few rights";
        }
        if (access.apiKey().isPresent()) {
            return "The recorder refuses the API key: check nvr.api_key";
        }
        return refusal.map(Refusal::why).orElse("The recorder asks for another login");
    }

    /** Logs in once more after the end of a session, and makes the call again. */
    private RecorderAnswer getAnew(String path, RecorderAnswer refused, Optional<String> ended)
            throws SourceException, InterruptedException {
        Optional<String> fresh = session(ended);
        if (fresh.isEmpty()) {
            return refused;
        }
        RecorderAnswer answer = client.get(path, cookie(fresh));
        if (answer.isUnauthorized()) {
            giveUp(fresh, refusesUser() + " right after accepting it");
        }
        return answer;
    }

    /** Returns the session, logging in if there is none but the ended one; nothing after a refusal. */
    private Optional<String> session(Optional<String> ended) throws SourceException, InterruptedException {
        loggingIn.lockInterruptibly();
        try {
            if (session.isPresent() && !session.equals(ended)) {
                return session;
            }
            session = Optional.empty();
            if (!wasRefusedRecently()) {
                logIn();
            }
            return session;
        } finally {
            loggingIn.unlock();
        }
    }

    private boolean wasRefusedRecently() {
        long now = nanoTime.getAsLong();
        return refusal.filter(last -> now - last.sinceNanos() < AFTER_REFUSAL_NANOS)
                .isPresent();
    }

    private void logIn() throws SourceException, InterruptedException {
        RecorderAccess.Login login = access.login().orElseThrow();
        String json = JsonNodeFactory.instance
                .objectNode()
                .put("username", login.username())
                .put("password", login.password())
                .toString();
        RecorderAnswer answer = client.post(LOGIN, json);
        if (!answer.isOk() && !answer.isClientError()) {
            throw answer.badStatus();
        }
        if (answer.isOk() && answer.session().isPresent()) {
            session = answer.session();
            refusal = Optional.empty();
        } else {
            refusal = Optional.of(new Refusal(refusesUser() + because(answer.status()), nanoTime.getAsLong()));
        }
    }

    /** Gives up a new session that the recorder does not accept. */
    private void giveUp(Optional<String> fresh, String why) throws InterruptedException {
        loggingIn.lockInterruptibly();
        try {
            if (session.equals(fresh)) {
                session = Optional.empty();
                refusal = Optional.of(new Refusal(why, nanoTime.getAsLong()));
            }
        } finally {
            loggingIn.unlock();
        }
    }

    private String refusesUser() {
        String name = access.login().orElseThrow().username();
        return "The recorder refuses the login of " + Text.printable(name);
    }

    private static String because(int status) {
        return switch (status) {
            case 200 -> " without a second factor: create an API key there and set nvr.api_key";
            case 401, 403 ->
                ": check nvr.username and nvr.password; if it asks for a second factor, create an API key there and set"
                        + " nvr.api_key";
            case 429 -> " for now: too many logins";
            default -> " with status " + status;
        };
    }

    private static Map<String, String> cookie(Optional<String> session) {
        return session.map(value -> Map.of("Cookie", "session=" + value)).orElse(Map.of());
    }
}
