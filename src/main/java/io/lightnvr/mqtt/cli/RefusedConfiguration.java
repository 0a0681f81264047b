package io.lightnvr.mqtt.cli;

import io.lightnvr.mqtt.config.ConfigurationException;
import java.io.PrintWriter;

/** Prints what is wrong with a configuration. */
public final class RefusedConfiguration {

    private RefusedConfiguration() {}

    /**
     * Prints every problem.
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
