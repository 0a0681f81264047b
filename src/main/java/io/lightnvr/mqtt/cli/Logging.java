package io.lightnvr.mqtt.cli;

import io.lightnvr.mqtt.config.LogLevel;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Sets up what is logged and how. Must be called before the first logger is made, since slf4j-simple reads it once. */
public final class Logging {

    private static final String SIMPLE = "org.slf4j.simpleLogger.";
    private static final String PAHO = "org.eclipse.paho";

    /** Kept, since java.util.logging forgets the level of a logger that nobody holds. */
    private static final Logger PAHO_LOGGER = Logger.getLogger(PAHO);

    private Logging() {}

    /** Everything of this level and above is logged, to the standard error stream. */
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
