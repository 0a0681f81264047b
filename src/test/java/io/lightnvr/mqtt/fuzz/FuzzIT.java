package io.lightnvr.mqtt.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ten thousand inputs for each parser, the same in each run; {@link FuzzMeasure} feeds more of them. */
class FuzzIT {

    private static final long SEED = 1;
    private static final int INPUTS = 10_000;

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void bearsAnyInput(Parser parser) {
        Fuzzing.Figures figures = Fuzzing.run(parser, SEED, INPUTS);

        assertThat(figures.inputs()).isEqualTo(INPUTS);
    }

    static List<Parser> bearsAnyInput() {
        return Parsers.ALL;
    }
}
