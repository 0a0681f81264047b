package io.lightnvr.mqtt.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.CapturedLog;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultLogTest {

    private final ManualNanos clock = new ManualNanos();
    private final FaultLog faults = new FaultLog(clock);

    @Test
    void logsEachKindOnceInTenMinutes() {
        try (CapturedLog log = new CapturedLog()) {
            for (int i = 0; i < 3; i++) {
                faults.add(fault(1));
            }
            assertThat(logged(log)).hasSize(1);
            faults.add(fault(2));
            assertThat(logged(log)).hasSize(2);
            clock.advance(Duration.ofMinutes(10));
            faults.add(fault(1));

            assertThat(logged(log)).hasSize(3);
            assertThat(logged(log).get(0))
                    .isEqualTo("ERROR Internal error of the page: please report this bug with the lines below."
                            + " The bridge goes on.");
            assertThat(log.lines()).contains("java.lang.IllegalStateException: 1");
        }
    }

    @Test
    void logsAFewKindsAtMost() {
        try (CapturedLog log = new CapturedLog()) {
            for (int i = 0; i < 1_000; i++) {
                faults.add(fault(i));
            }

            assertThat(logged(log)).hasSize(16);
        }
    }

    @Test
    void bearsAFaultWithoutAStack() {
        try (CapturedLog log = new CapturedLog()) {
            Error fault = new StackOverflowError();
            fault.setStackTrace(new StackTraceElement[0]);
            faults.add(fault);

            assertThat(logged(log)).hasSize(1);
        }
    }

    private static List<String> logged(CapturedLog log) {
        return log.lines().stream().filter(line -> line.startsWith("ERROR")).toList();
    }

    /** A fault at a line of its own. */
    private static RuntimeException fault(int line) {
        RuntimeException fault = new IllegalStateException("" + line);
        fault.setStackTrace(new StackTraceElement[] {new StackTraceElement("Routes", "answer", "Routes.java", line)});
        return fault;
    }
}
