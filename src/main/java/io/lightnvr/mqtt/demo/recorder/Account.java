package io.lightnvr.mqtt.demo.recorder;

/**
 * A user of the recorder.
 *
 * @param apiKey {@code ""} for none
 */
public record Account(String username, String password, String apiKey, Role role) {

    /** The rights of an account; each role includes those below. */
    public enum Role {
        ADMIN("admin"),
        USER("user"),
        VIEWER("viewer");

        private final String word;

        Role(String word) {
            this.word = word;
        }

        /** The spelling in answers. */
        String word() {
            return word;
        }
    }

    /** An account with all rights. */
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
