package io.lightnvr.mqtt.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.CapturedLog;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Reads the log, which goes to the standard error stream of the process. */
@Isolated
class ProcessLifetimeTest {

    private final ProcessLifetime lifetime = new ProcessLifetime();

    @AfterEach
    void close() {
        lifetime.close();
    }

    @Test
    void endsWithStatus0AtTheSetTime() throws InterruptedException {
        lifetime.await(Optional.of(Duration.ZERO));

        assertThat(lifetime.status()).isEqualTo(ExitStatus.OK);
    }

    @Test
    void goesOnUntilThen() throws InterruptedException {
        assertThat(lifetime.endsWithin(Duration.ZERO)).isFalse();
    }

    @Test
    void endsWithTheStatusOfABugAndLogsEveryErrorAfterTheFirst() throws InterruptedException {
        try (CapturedLog log = new CapturedLog()) {
            lifetime.fail(new IllegalStateException("the first"));
            lifetime.fail(new IllegalStateException("the second"));
            lifetime.fail(new IllegalStateException("the third"));

            assertThat(log.lines())
                    .contains(
                            "ERROR Internal error: please report this bug with the lines below. The bridge shuts down.",
                            "java.lang.IllegalStateException: the first",
                            "ERROR Another internal error during the shutdown:",
                            "java.lang.IllegalStateException: the second",
                            "java.lang.IllegalStateException: the third");
        }
        lifetime.await(Optional.empty());
        assertThat(lifetime.status()).isEqualTo(ExitStatus.BUG);
    }

    @Test
    void maySafelyBeClosedTwice() {
        lifetime.close();
        lifetime.close();
    }
}
