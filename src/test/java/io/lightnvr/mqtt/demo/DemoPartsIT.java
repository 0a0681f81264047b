package io.lightnvr.mqtt.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.lightnvr.mqtt.it.Eventually;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DemoPartsIT {

    private static final Demo.PageMaker NO_PAGE =
            (configuration, bridge, store, clock) -> new Demo.OpenPage("", () -> {});

    private final StringWriter screen = new StringWriter();
    private final PrintWriter out = new PrintWriter(screen);

    @Test
    void closesEveryPartAndMayBeClosedTwice() throws Exception {
        Set<Long> before = threads();

        Demo demo = Demo.start(0, 1, "0.47", NO_PAGE, out, fault -> fail("a bug", fault));
        Eventually.isSo("an event", () -> demo.summary().received() > 0);
        demo.close();
        demo.close();

        assertThat(screen.toString()).contains("lightnvr/detections/#", "front_door");
        assertThat(demo.summary().published()).isPositive();
        Eventually.isSo("the end of its threads", () -> before.containsAll(threads()));
    }

    @Test
    void closesWhatHasStartedIfItIsInterrupted() {
        Set<Long> before = threads();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Demo.start(0, 1, "0.47", NO_PAGE, out, fault -> fail("a bug", fault)))
                .isInstanceOf(InterruptedException.class);

        Eventually.isSo("the end of its threads", () -> before.containsAll(threads()));
    }

    /** Those that would keep a process alive. */
    private static Set<Long> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.isDaemon())
                .map(Thread::getId)
                .collect(Collectors.toSet());
    }
}
