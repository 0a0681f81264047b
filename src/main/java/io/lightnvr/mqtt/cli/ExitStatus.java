package io.lightnvr.mqtt.cli;

/** What the program's exit status means. */
public final class ExitStatus {

    /** An orderly end, also after SIGTERM or Ctrl-C. */
    public static final int OK = 0;

    /** What was asked for did not succeed. */
    public static final int FAILED = 1;

    /** The command line or the configuration is wrong. */
    public static final int USAGE = 2;

    /** A fault of the program. */
    public static final int BUG = 3;

    private ExitStatus() {}
}
