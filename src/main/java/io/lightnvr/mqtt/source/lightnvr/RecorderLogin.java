package io.lightnvr.mqtt.source.lightnvr;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.lightnvr.mqtt.event.Text;
import io.lightnvr.mqtt.json.JsonTree;
import io.lightnvr.mqtt.source.SourceException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Authenticates requests by the API key, or by one login and its session cookie, since a password with every request
 * costs the recorder 22 ms. The recorder limits logins (5 in 300 s by default), so a refusal stops them for 10 minutes,
 * a session that ends early causes one new login, and there are never more than 3 in 5 minutes. Thread-safe: one thread
 * at a time logs in, threads that need its session wait, interruptibly, and calls that need no login do not.
 */
final class RecorderLogin {

    private static final long AFTER_REFUSAL_NANOS = Duration.ofMinutes(10).toNanos();
    private static final long LIMIT_NANOS = Duration.ofMinutes(5).toNanos();
    private static final int MOST_LOGINS = 3;
    private static final String LOGIN = "/api/auth/login";
    private static final String WITHOUT_LOGIN = "; meanwhile the bridge reads what needs no login";

    private final LightNvrClient client;
    private final RecorderAccess access;
    private final LongSupplier nanoTime;
    private final ReentrantLock loggingIn = new ReentrantLock();
    private final Deque<Long> attempts = new ArrayDeque<>();
    private volatile Optional<String> session = Optional.empty();
    private volatile Optional<FailedLogin> refusal = Optional.empty();
    /** Written by the thread that logs in. */
    private volatile long accepted;

    private volatile boolean hasKeyWorked;

    /** The last refusal, and when it came, on the monotonic clock. */
    private record FailedLogin(String why, long sinceNanos) {}

    /** A call that lacks the credentials. */
    private interface Call {
        RecorderAnswer with(Map<String, String> headers) throws SourceException, InterruptedException;
    }

    RecorderLogin(LightNvrClient client, RecorderAccess access, LongSupplier nanoTime) {
        this.client = client;
        this.access = access;
        this.nanoTime = nanoTime;
    }

    /** Returns how many logins were accepted. */
    long accepted() {
        return accepted;
    }

    /** Returns the headers for any call, even one that needs no login. */
    Map<String, String> headers() {
        return headers(session);
    }

    private Map<String, String> headers(Optional<String> used) {
        if (access.apiKey().isPresent()) {
            return access.apiKey()
                    .filter(LightNvrClient::isHeaderValue)
                    .map(key -> Map.of("X-API-Key", key))
                    .orElse(Map.of());
        }
        return cookie(used);
    }

    /** Makes a call that needs a login, within the {@linkplain AnswerLimit#USUAL usual limit}. */
    RecorderAnswer get(String path) throws SourceException, InterruptedException {
        return get(path, AnswerLimit.USUAL);
    }

    /**
     * Makes a call that needs a login.
     *
     * @return the answer, {@linkplain RecorderAnswer#isRefused refused} if the credentials do not suffice
     * @throws SourceException if there is no answer
     */
    RecorderAnswer get(String path, AnswerLimit limit) throws SourceException, InterruptedException {
        return ask(headers -> client.get(path, headers, limit));
    }

    /**
     * Sends a JSON text with a call that needs a login; sends it again after a refusal alone.
     *
     * @param method such as {@code PUT}
     * @return the answer, {@linkplain RecorderAnswer#isRefused refused} if the credentials do not suffice
     * @throws SourceException if there is no answer
     */
    RecorderAnswer send(String method, String path, String json, AnswerLimit limit)
            throws SourceException, InterruptedException {
        return ask(headers -> client.send(method, path, headers, json, limit));
    }

    private RecorderAnswer ask(Call call) throws SourceException, InterruptedException {
        if (!hasSessions()) {
            RecorderAnswer answer = call.with(headers());
            hasKeyWorked |= access.apiKey().isPresent() && answer.isOk();
            return answer;
        }
        Optional<String> used = session(Optional.empty());
        RecorderAnswer answer = call.with(cookie(used));
        return answer.isUnauthorized() && used.isPresent() ? askAnew(call, answer, used) : answer;
    }

    /**
     * Makes a call that needs a login at some recorders only: logs in if this one refuses it otherwise.
     *
     * @return the answer, {@linkplain RecorderAnswer#isRefused refused} if the credentials do not suffice
     * @throws SourceException if there is no answer
     */
    RecorderAnswer getIfOpen(String path, AnswerLimit limit) throws SourceException, InterruptedException {
        Call call = headers -> client.get(path, headers, limit);
        Optional<String> used = session;
        RecorderAnswer answer = call.with(headers(used));
        return answer.isUnauthorized() && hasSessions() ? askAnew(call, answer, used) : answer;
    }

    private boolean hasSessions() {
        return access.apiKey().isEmpty() && access.login().isPresent();
    }

    /** Returns why an answer was refused, a sentence without a full stop. */
    String whyRefused(RecorderAnswer refused) {
        return refused.isForbidden() ? tooFewRights() : whyUnauthorized(false);
    }

    /** Returns why the recorder does not list its streams though it knows the login. */
    String tooFewRights() {
        return "The recorder does not list its streams: the login has too few rights, or must change its password first"
                + WITHOUT_LOGIN;
    }

    /**
     * Returns why calls are answered with 401, a sentence without a full stop.
     *
     * @param detections whether detections are, too
     */
    String whyUnauthorized(boolean detections) {
        if (access.hasCredentials()) {
            return reason() + (detections ? "" : WITHOUT_LOGIN);
        }
        return detections
                ? "LightNVR 0.39 and later show detections only to a login: make a user with the role Viewer, and set"
                        + " nvr.username and nvr.password, or nvr.api_key"
                : "The recorder shows zones and stopped streams only after a login: set nvr.api_key, or nvr.username and"
                        + " nvr.password" + WITHOUT_LOGIN;
    }

    private String reason() {
        if (access.apiKey().isEmpty()) {
            return refusal.map(FailedLogin::why).orElse("The recorder asks for another login");
        }
        return hasKeyWorked
                ? "The recorder no longer accepts the API key: it has probably expired; make a new one and set nvr.api_key"
                : "The recorder refuses the API key: check nvr.api_key";
    }

    /** Returns the user or the key, as the subject of a sentence. */
    String subject() {
        return access.apiKey().isPresent()
                ? "The API key"
                : access.login()
                        .map(login -> "The user " + Text.printable(login.username()))
                        .orElse("Whoever has no login");
    }

    /** Logs in once more after the end of a session, and makes the call again. */
    private RecorderAnswer askAnew(Call call, RecorderAnswer refused, Optional<String> ended)
            throws SourceException, InterruptedException {
        Optional<String> fresh = session(ended);
        if (fresh.isEmpty()) {
            return refused;
        }
        RecorderAnswer answer = call.with(cookie(fresh));
        if (answer.isUnauthorized()) {
            giveUp(fresh, refusesUser() + " right after accepting it: it may have to change its password first");
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
            if (!wasRefusedRecently() && mayTry()) {
                logIn();
            }
            return session;
        } finally {
            loggingIn.unlock();
        }
    }

    /** Counts an attempt, or refuses it where it could lock the account. */
    private boolean mayTry() {
        long now = nanoTime.getAsLong();
        attempts.removeIf(attempt -> now - attempt >= LIMIT_NANOS);
        if (attempts.size() == MOST_LOGINS) {
            refusal = Optional.of(new FailedLogin(
                    refusesUser() + " again and again: the bridge has tried 3 times in 5 minutes, and waits", now));
            return false;
        }
        attempts.add(now);
        return true;
    }

    private boolean wasRefusedRecently() {
        long now = nanoTime.getAsLong();
        return refusal.filter(last -> now - last.sinceNanos() < AFTER_REFUSAL_NANOS)
                .isPresent();
    }

    private void logIn() throws SourceException, InterruptedException {
        RecorderAccess.Login login = access.login().orElseThrow();
        String json = JsonTree.text(JsonNodeFactory.instance
                .objectNode()
                .put("username", login.username())
                .put("password", login.password()));
        RecorderAnswer answer = client.post(LOGIN, json);
        if (!answer.isOk() && !answer.isClientError()) {
            throw answer.badStatus();
        }
        if (answer.isOk() && answer.session().isPresent()) {
            session = answer.session();
            refusal = Optional.empty();
            accepted++;
        } else {
            refusal = Optional.of(new FailedLogin(refusesUser() + because(answer), nanoTime.getAsLong()));
        }
    }

    /** Gives up a new session that the recorder does not accept. */
    private void giveUp(Optional<String> fresh, String why) throws InterruptedException {
        loggingIn.lockInterruptibly();
        try {
            if (session.equals(fresh)) {
                session = Optional.empty();
                refusal = Optional.of(new FailedLogin(why, nanoTime.getAsLong()));
            }
        } finally {
            loggingIn.unlock();
        }
    }

    private String refusesUser() {
        String name = access.login().orElseThrow().username();
        return "The recorder refuses the login of " + Text.printable(name);
    }

    private static String because(RecorderAnswer answer) {
        return switch (answer.status()) {
            case 200 -> withoutSession(answer);
            case 401, 403 ->
                ": check nvr.username and nvr.password; if it asks for a second factor, create an API key there and set"
                        + " nvr.api_key; if the user must change its password first, log in there once";
            case 429 -> " for now: too many logins";
            default -> " with status " + answer.status();
        };
    }

    private static String withoutSession(RecorderAnswer answer) {
        try {
            return answer.object().path("totp_required").asBoolean(false)
                    ? " without a second factor: create an API key there and set nvr.api_key"
                    : " until somebody logs in there: it wants a second factor (then create an API key there and set"
                            + " nvr.api_key) or a new password";
        } catch (SourceException e) {
            return ": its answer is not one that LightNVR gives; set nvr.url to the address of LightNVR itself";
        }
    }

    private static Map<String, String> cookie(Optional<String> session) {
        return session.map(value -> Map.of("Cookie", "session=" + value)).orElse(Map.of());
    }
}
