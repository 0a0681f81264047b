package io.lightnvr.mqtt.demo.recorder;

import io.lightnvr.mqtt.event.StreamName;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Identifies clients by session cookie, Basic or API key, in this order. Without accounts everybody is an administrator. */
final class Access {

    private static final Account ANYONE = Account.admin("admin", "", "");
    private static final String SESSION = "session=";

    private final List<Account> accounts;
    private final Supplier<String> tokens;
    private final Set<String> expired = ConcurrentHashMap.newKeySet();
    private final Set<String> locked = ConcurrentHashMap.newKeySet();
    private final Map<String, Set<StreamName>> scopes = new ConcurrentHashMap<>();
    private final Map<String, Account> sessions = new ConcurrentHashMap<>();

    /**
     * @param tokens supplies the secret of each session
     */
    Access(List<Account> accounts, Supplier<String> tokens) {
        this.accounts = accounts;
        this.tokens = tokens;
    }

    boolean isEnabled() {
        return !accounts.isEmpty();
    }

    /** The account of the client that sent a request; empty if it has none. */
    Optional<Account> who(Request request) {
        return isEnabled()
                ? bySession(request).or(() -> byBasic(request)).or(() -> byKey(request))
                : Optional.of(ANYONE);
    }

    /** Begins a session and returns its secret; empty if the credentials are wrong. */
    Optional<String> logIn(String username, String password) {
        return byPassword(username, password).map(account -> {
            String token = tokens.get();
            sessions.put(token, account);
            return token;
        });
    }

    /** The number of an account in answers, from 1 up. */
    int id(Account account) {
        return accounts.indexOf(account) + 1;
    }

    void forgetSessions() {
        sessions.clear();
    }

    /** Lets the API key of a user expire. */
    void expireKey(String username) {
        expired.add(username);
    }

    /** A user must change the password before anything else. */
    void requireNewPassword(String username) {
        locked.add(username);
    }

    /** Limits what a user sees to these streams. */
    void setScope(String username, Set<StreamName> streams) {
        scopes.put(username, Set.copyOf(streams));
    }

    boolean sees(Account account, StreamName stream) {
        return !scopes.containsKey(account.username())
                || scopes.get(account.username()).contains(stream);
    }

    private Optional<Account> bySession(Request request) {
        return request.header("Cookie").stream()
                .flatMap(header -> List.of(header.split(";\\s*")).stream())
                .filter(cookie -> cookie.startsWith(SESSION))
                .findFirst()
                .map(cookie -> sessions.get(cookie.substring(SESSION.length())));
    }

    private Optional<Account> byBasic(Request request) {
        return authorisation(request, "Basic ").map(Access::decoded).flatMap(pair -> {
            int colon = pair.indexOf(':');
            return colon < 0 ? Optional.empty() : byPassword(pair.substring(0, colon), pair.substring(colon + 1));
        });
    }

    private Optional<Account> byKey(Request request) {
        return request.header("X-API-Key")
                .or(() -> authorisation(request, "Bearer "))
                .map(String::strip)
                .flatMap(key -> accounts.stream()
                        .filter(account -> account.hasKey(key) && !expired.contains(account.username()))
                        .findFirst());
    }

    private Optional<Account> byPassword(String username, String password) {
        return accounts.stream()
                .filter(account -> account.hasPassword(username, password) && !locked.contains(username))
                .findFirst();
    }

    private static Optional<String> authorisation(Request request, String scheme) {
        return request.header("Authorization")
                .filter(value -> value.regionMatches(true, 0, scheme, 0, scheme.length()))
                .map(value -> value.substring(scheme.length()));
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64.strip()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
