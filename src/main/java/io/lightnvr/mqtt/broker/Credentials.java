package io.lightnvr.mqtt.broker;

/** A user name and its password; the password is never printed. */
public record Credentials(String username, String password) {

    @Override
    public String toString() {
        return "Credentials[username=" + username + ", password=***]";
    }
}
