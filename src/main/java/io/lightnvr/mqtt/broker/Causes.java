package io.lightnvr.mqtt.broker;

import java.util.Optional;

/** Looks for the failure behind a failure. */
public final class Causes {

    private Causes() {}

    /** Returns the first failure of a kind among a failure and its causes. */
    public static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return Optional.of(kind.cast(cause));
            }
        }
        return Optional.empty();
    }
}
