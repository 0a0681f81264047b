package io.lightnvr.mqtt.fuzz;

import static io.lightnvr.mqtt.it.Measured.report;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A long round of fuzzing. Not a part of the tests: {@code .ci/measure Fuzz -Dfuzz.inputs=1000000 -Dfuzz.seed=2} runs it, and with
 * {@code -Dfuzz.parser=yaml} for the parsers alone whose names have that text.
 */
class FuzzMeasure {

    private static final long INPUTS = Long.getLong("fuzz.inputs", 1_000_000);
    private static final long SEED = Long.getLong("fuzz.seed", 2);
    private static final String WANTED = System.getProperty("fuzz.parser", "");

    @ParameterizedTest(name = "{0}")
    @MethodSource
    @Timeout(value = 5, unit = TimeUnit.HOURS)
    void bearsManyInputs(Parser parser) {
        long begun = System.nanoTime();

        Fuzzing.Figures figures = Fuzzing.run(parser, SEED, INPUTS);

        report(
                "%s: %d inputs of seed %d in %.0f s, %.0f %% of them refused; the longest %.0f ms, the greatest %.1f MiB",
                parser.name(),
                figures.inputs(),
                SEED,
                (System.nanoTime() - begun) / 1e9,
                100.0 * figures.refused() / figures.inputs(),
                figures.longestNanos() / 1e6,
                figures.mostBytes() / (double) (1 << 20));
    }

    static List<Parser> bearsManyInputs() {
        return Parsers.ALL.stream()
                .filter(parser -> parser.name().contains(WANTED))
                .toList();
    }
}
