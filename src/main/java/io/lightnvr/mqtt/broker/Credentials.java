package io.lightnvr.mqtt.broker;

/**
 * A user name and its password; the password is never printed.
 *
 * @param remedy what to do where the broker refuses them
 */
public record Credentials(String username, String password, String remedy) {

    @Override
    public String toString() {
        return "Credentials[username=" + username + ", password=***]";
    }
}
