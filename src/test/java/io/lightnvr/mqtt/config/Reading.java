package io.lightnvr.mqtt.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** Short ways from a few words to a configuration or to its problems. */
final class Reading {

    private Reading() {}

    /** The configuration of one option. */
    static Configuration with(Option<?> option, String text) throws ConfigurationException {
        return assembled(given(option, text)).configuration();
    }

    /** What is wrong with one option, as people read it. */
    static List<String> problemsWith(Option<?> option, String text) {
        return problems(() -> assembled(given(option, text)));
    }

    static RawOptions given(Option<?> option, String text) {
        RawOptions given = new RawOptions();
        given.put(option, option.key(), new Node.Scalar(text));
        return given;
    }

    static LoadedConfiguration assembled(RawOptions given) throws ConfigurationException {
        return new ConfigurationBuilder(given, Path.of("")).assemble();
    }

    /** The problems that a reading ends with; none if it does not end with an exception. */
    static List<String> problems(Callable<?> reading) {
        ConfigurationException exception = catchThrowableOfType(ConfigurationException.class, reading::call);
        return exception == null
                ? List.of()
                : exception.problems().stream().map(Problem::toString).toList();
    }
}
