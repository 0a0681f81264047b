package io.lightnvr.mqtt.broker;

/**
 * A user name and its password, which is never printed.
 *
 * @param remedy what to do if the broker refuses them, for people
 */
public record Credentials(String username, String password, String remedy) {

    @Override
    public String toString() {
        return "Credentials[username=" + username + ", password=***]";
    }
}
