package io.lightnvr.mqtt.config;

import java.util.List;
import java.util.stream.Collectors;

/** Reports all problems of a configuration. The message has a line for each. */
public final class ConfigurationException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /**
     * Creates an exception.
     *
     * @param problems at least one, in the order of the file
     */
    public ConfigurationException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    ConfigurationException(Problem problem) {
        this(List.of(problem));
    }

    /** All problems, never empty. */
    public List<Problem> problems() {
        return problems;
    }
}
