package io.lightnvr.mqtt.source.lightnvr;

import java.net.URI;
import java.util.Optional;

/**
 * Where the recorder is and as whom we ask. An API key beats user and password; secrets are never printed.
 *
 * @param url http or https, with a host, perhaps with a path below which the recorder is found; a slash at its end is
 *     dropped
 * @param login user and password
 * @param apiKey white space around it is dropped, an empty one is none
 */
public record RecorderAccess(URI url, Optional<Login> login, Optional<String> apiKey) {

    /** A user and its password. */
    public record Login(String username, String password) {

        @Override
        public String toString() {
            return "Login[username=" + username + ", password=***]";
        }
    }

    /**
     * @throws IllegalArgumentException where that is no URL of a recorder
     */
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

    /** Whether there is anything to prove who we are. */
    boolean hasCredentials() {
        return login.isPresent() || apiKey.isPresent();
    }

    @Override
    public String toString() {
        return "RecorderAccess[url=%s, login=%s, apiKey=%s]".formatted(url, login, apiKey.map(key -> "***"));
    }
}
