package io.lightnvr.mqtt.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepeatingTaskTest {

    private final FakeTime time = new FakeTime();
    private final List<Long> runs = new ArrayList<>();
    private Runnable during = () -> {};
    private final RepeatingTask task = new RepeatingTask(time, this::run);

    @Test
    void runsAgainAfterTheWaitThatItAsksFor() {
        task.wake();

        time.pass(Duration.ofSeconds(25));

        assertThat(runs).containsExactly(0L, 10L, 20L);
    }

    @Test
    void runsAtOnceWhenItIsWoken() {
        task.wake();
        time.pass(Duration.ofSeconds(4));
        task.wake();

        time.pass(Duration.ofSeconds(11));

        assertThat(runs).containsExactly(0L, 4L, 14L);
    }

    @Test
    void runsOnceMoreWhenItIsWokenDuringARun() {
        during = task::wake;
        task.wake();
        time.pass(Duration.ZERO);
        during = () -> {};

        time.pass(Duration.ofSeconds(9));

        assertThat(runs).hasSizeGreaterThanOrEqualTo(2).containsOnly(0L);
    }

    @Test
    void runsNoMoreAfterItsEnd() {
        task.wake();
        time.pass(Duration.ZERO);
        task.end();

        task.wake();
        time.pass(Duration.ofMinutes(1));

        assertThat(runs).containsExactly(0L);
    }

    private Duration run() {
        runs.add(Duration.ofNanos(time.nanos).toSeconds());
        Runnable once = during;
        during = () -> {};
        once.run();
        return Duration.ofSeconds(10);
    }
}
