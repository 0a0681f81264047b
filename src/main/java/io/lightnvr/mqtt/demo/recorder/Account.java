package io.lightnvr.mqtt.demo.recorder;

/**
 * Someone who may log in.
 *
 * @param apiKey {@code ""} for none
 */
public record Account(String username, String password, String apiKey, Role role) {

    /** What an account may do; each may do what the one below may. */
    public enum Role {
        ADMIN("admin"),
        USER("user"),
        VIEWER("viewer");

        private final String word;

        Role(String word) {
            this.word = word;
        }

        /** As answers spell it. */
        String word() {
            return word;
        }
    }

    public static Account admin(String username, String password, String apiKey) {
        return new Account(username, password, apiKey, Role.ADMIN);
    }

    boolean hasPassword(String user, String given) {
        return username.equals(user) && password.equals(given);
    }

    boolean hasKey(String given) {
        return !apiKey.isEmpty() && apiKey.equals(given);
    }

    @Override
    public String toString() {
        return "Account[" + username + ", " + role.word() + "]";
    }
}
