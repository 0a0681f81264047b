package io.lightnvr.mqtt.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What once did harm, and what is valid. */
class FindingsTest {

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource
    void bearsWhatOnceDidHarm(Parser parser, String what) {
        assertThatCode(() -> Fuzzing.take(parser, what, parser.findings().get(what)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void acceptsValidInputs(Parser parser) {
        assertThat(parser.corpus())
                .anyMatch(input -> Fuzzing.take(parser, "valid", input).refused() == 0);
    }

    static List<Parser> acceptsValidInputs() {
        return Parsers.ALL;
    }

    static Stream<Arguments> bearsWhatOnceDidHarm() {
        return Parsers.ALL.stream()
                .flatMap(parser -> parser.findings().keySet().stream().map(what -> Arguments.of(parser, what)));
    }
}
