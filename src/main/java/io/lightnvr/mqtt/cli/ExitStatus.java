package io.lightnvr.mqtt.cli;

import io.lightnvr.mqtt.store.LibraryException;
import io.lightnvr.mqtt.store.StoreException;

/** The exit statuses of the program. */
public final class ExitStatus {

    /** A normal end, including SIGTERM and Ctrl-C. */
    public static final int OK = 0;

    /** The command failed. */
    public static final int FAILED = 1;

    /** The command line or the configuration is invalid. */
    public static final int USAGE = 2;

    /** An internal error, a bug in the program. */
    public static final int BUG = 3;

    private ExitStatus() {}

    /** Of a command whose store cannot be opened: another bridge may end, but where a library cannot lie is a setting. */
    static int of(StoreException refusal) {
        return refusal instanceof LibraryException ? USAGE : FAILED;
    }
}
