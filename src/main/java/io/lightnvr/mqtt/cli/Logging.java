package io.lightnvr.mqtt.cli;

import io.lightnvr.mqtt.config.LogLevel;
import io.lightnvr.mqtt.status.LogLines;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Sets the level and the format of the log. Call it before the first logger is created: slf4j-simple reads its properties once. */
public final class Logging {

    private static final String SIMPLE = "org.slf4j.simpleLogger.";
    private static final String PAHO = "org.eclipse.paho";

    /** Held here because java.util.logging loses the level of a logger without a strong reference. */
    private static final Logger PAHO_LOGGER = Logger.getLogger(PAHO);

    private Logging() {}

    /** The last lines of the log; none before {@link #keepLines}. */
    static final LogLines LINES = new LogLines();

    /** Keeps the last lines of what is logged from now on. */
    static void keepLines() {
        System.setErr(new PrintStream(new LogTee(System.err, LINES), true, StandardCharsets.UTF_8));
    }

    /** Says in each line from now on which of several recorders it is about. Call it after {@link #keepLines}. */
    static void nameRecorders() {
        System.setErr(new PrintStream(new RecorderLog(System.err), true, StandardCharsets.UTF_8));
    }

    /** Logs this level and above to the standard error stream; Paho's own log is turned off. */
    public static void setUp(LogLevel level) {
        System.setProperty(SIMPLE + "defaultLogLevel", level == LogLevel.WARNING ? "warn" : level.name());
        System.setProperty(SIMPLE + "showDateTime", "true");
        System.setProperty(SIMPLE + "dateTimeFormat", "yyyy-MM-dd HH:mm:ss.SSS");
        System.setProperty(SIMPLE + "showThreadName", "false");
        System.setProperty(SIMPLE + "showShortLogName", "true");
        // Paho reports everything that matters by exceptions and callbacks too.
        PAHO_LOGGER.setLevel(Level.OFF);
    }
}
