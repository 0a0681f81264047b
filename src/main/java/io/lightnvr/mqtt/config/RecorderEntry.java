package io.lightnvr.mqtt.config;

import java.util.List;
import java.util.Optional;

/**
 * One of the recorders of a configuration.
 *
 * @param name unique among them
 * @param place how a user finds it in the file: {@code nvr}, or {@code recorders[1]}
 * @param isMain whether it has what a single one has: its topics, ids and files bear no name
 * @param configuration as if it were the only recorder; absent if there are problems
 * @param problems that concern this recorder alone
 */
public record RecorderEntry(
        String name, String place, boolean isMain, Optional<Configuration> configuration, List<Problem> problems) {

    public RecorderEntry {
        problems = List.copyOf(problems);
        if (configuration.isEmpty() == problems.isEmpty()) {
            throw new IllegalArgumentException("A recorder has either a configuration or problems");
        }
    }

    /**
     * Its configuration.
     *
     * @throws ConfigurationException with its problems, if there are any
     */
    public Configuration requireConfiguration() throws ConfigurationException {
        return configuration.orElseThrow(() -> new ConfigurationException(problems));
    }

    /** A sentence for people, with the options that it names spelled as for this recorder. */
    public String spelled(String sentence) {
        return RecorderOption.inSentence(place, sentence);
    }
}
