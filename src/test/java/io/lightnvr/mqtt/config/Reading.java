package io.lightnvr.mqtt.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Reads configurations out of single options, for tests. */
final class Reading {

    private Reading() {}

    /** The configuration with one option set. */
    static Configuration with(String option, String text) throws ConfigurationException {
        return ConfigurationReader.of(Map.of(option, text));
    }

    /** The problems of one option. */
    static List<String> problemsWith(String option, String text) {
        return problems(() -> with(option, text));
    }

    static LoadedConfiguration built(ConfigurationBuilder builder) throws ConfigurationException {
        return builder.build(Path.of(""), KnownRecorders.NONE);
    }

    /** The problems that end a reading; none if it succeeds. */
    static List<String> problems(Callable<?> reading) {
        ConfigurationException exception = catchThrowableOfType(ConfigurationException.class, reading::call);
        return exception == null
                ? List.of()
                : exception.problems().stream().map(Problem::toString).toList();
    }
}
