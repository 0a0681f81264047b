package io.lightnvr.mqtt.cli;

import io.lightnvr.mqtt.config.ConfigurationException;
import java.io.PrintWriter;

/** Prints the problems of an invalid configuration. */
public final class RefusedConfiguration {

    private RefusedConfiguration() {}

    /**
     * Prints each problem on a line.
     *
     * @return the exit status
     */
    public static int print(ConfigurationException configuration, PrintWriter err) {
        err.println("lightnvr-mqtt: the configuration is invalid:");
        configuration.problems().forEach(problem -> err.println("  " + problem));
        err.flush();
        return ExitStatus.USAGE;
    }
}
