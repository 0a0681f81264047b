package io.lightnvr.mqtt.fuzz;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What once did harm, and the valid inputs, which no parser may refuse all alike. */
class FindingsTest {

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource
    void bearsWhatOnceDidHarm(Parser parser, String what) {
        assertThatCode(() -> Fuzzing.take(parser, what, parser.findings().get(what)))
                .doesNotThrowAnyException();
    }

    static Stream<Arguments> bearsWhatOnceDidHarm() {
        return Parsers.ALL.stream()
                .flatMap(parser -> parser.findings().keySet().stream().map(what -> Arguments.of(parser, what)));
    }
}
