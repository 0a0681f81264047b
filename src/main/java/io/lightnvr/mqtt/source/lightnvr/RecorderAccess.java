package io.lightnvr.mqtt.source.lightnvr;

import java.net.URI;
import java.util.Optional;

/**
 * The address of the recorder and the credentials for it. An API key takes precedence over user and password; secrets
 * are never printed.
 *
 * @param url http or https, with a host, and a path if the recorder is below one; a trailing slash is dropped
 * @param login user and password
 * @param apiKey surrounding white space is dropped; an empty key is none
 */
public record RecorderAccess(URI url, Optional<Login> login, Optional<String> apiKey) {

    /** A user and its password. */
    public record Login(String username, String password) {

        @Override
        public String toString() {
            return "Login[username=" + username + ", password=***]";
        }
    }

    /** @throws IllegalArgumentException if the URL cannot be a recorder's */
    public RecorderAccess {
        boolean isHttp = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        if (!isHttp || url.getHost() == null) {
            throw new IllegalArgumentException("The recorder's URL must be http://host or https://host");
        }
        if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException("The recorder's URL must not contain a user, a query or a fragment");
        }
        url = URI.create(url.toString().replaceAll("/+$", ""));
        apiKey = apiKey.map(String::strip).filter(key -> !key.isEmpty());
    }

    /** Returns whether there are any credentials. */
    boolean hasCredentials() {
        return login.isPresent() || apiKey.isPresent();
    }

    @Override
    public String toString() {
        return "RecorderAccess[url=%s, login=%s, apiKey=%s]".formatted(url, login, apiKey.map(key -> "***"));
    }
}
