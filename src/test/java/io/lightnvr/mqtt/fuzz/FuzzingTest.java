package io.lightnvr.mqtt.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** That fuzzing finds what it is there to find. */
class FuzzingTest {

    private static final long SEED = 3;

    private static byte[] kept;

    @Test
    void countsInputsAndRefusals() {
        Parser refusesAll = parser(input -> {
                    throw new FileNotFoundException();
                })
                .refusing(IOException.class);

        Fuzzing.Figures figures = Fuzzing.run(refusesAll, SEED, 100);

        assertThat(figures.inputs()).isEqualTo(100);
        assertThat(figures.refused()).isEqualTo(100);
        assertThat(Fuzzing.run(parser(input -> {}), SEED, 100).refused()).isZero();
    }

    @Test
    void namesTheInputThatDoesHarm() {
        Parser failsLater = parser(input -> {
            if (input.length > 4) {
                throw new IllegalStateException("long");
            }
        });

        assertThatThrownBy(() -> Fuzzing.run(failsLater, SEED, 10_000))
                .isInstanceOf(AssertionError.class)
                .hasMessageMatching("(?s)test: input \\d+ of seed 3 lets an exception out\\. It has \\d+ bytes.*")
                .hasRootCauseMessage("long");
    }

    @Test
    void anErrorIsNoRefusal() {
        Parser deep = parser(input -> {
                    throw new StackOverflowError();
                })
                .refusing(Exception.class);

        assertThatThrownBy(() -> Fuzzing.take(deep, "the one", new byte[1]))
                .hasMessageStartingWith("test: the one lets an error out");
    }

    @Test
    void findsWhatTakesTooMuchMemory() {
        Parser large = parser(input -> kept = new byte[17 << 20]);

        assertThatThrownBy(() -> Fuzzing.take(large, "the one", new byte[1]))
                .hasMessageStartingWith("test: the one allocates 17.0 MiB");
        kept = null;
    }

    @Test
    void findsWhatTakesTooLong() {
        Parser slow = parser(input -> work(Duration.ofMillis(20))).taking(Duration.ofMillis(10));

        assertThatThrownBy(() -> Fuzzing.take(slow, "the one", new byte[1]))
                .hasMessageMatching("(?s)test: the one takes 0\\.\\d s.*");
    }

    /** Uses the processor for a time. */
    private static void work(Duration time) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long begun = threads.getCurrentThreadCpuTime();
        while (threads.getCurrentThreadCpuTime() - begun < time.toNanos()) {
            Thread.onSpinWait();
        }
    }

    private static Parser parser(Parser.Feed feed) {
        return Parser.of("test", feed).with("abc");
    }
}
