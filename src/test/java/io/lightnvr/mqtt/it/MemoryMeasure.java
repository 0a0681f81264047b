package io.lightnvr.mqtt.it;

import static io.lightnvr.mqtt.it.Measured.peakMiB;
import static io.lightnvr.mqtt.it.Measured.report;
import static io.lightnvr.mqtt.it.Measured.residentMiB;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What 100,000 events need, waiting and on their way, with the flags of a small machine. Not a part of the tests: {@code
 * .ci/measure Memory} runs it.
 */
class MemoryMeasure {

    private static final int EVENTS = Integer.getInteger("memory.events", 100_000);
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final long STEP_NANOS = Duration.ofMillis(5).toNanos();
    private static final String NOTHING_WAITS = "\"waiting\":0,";

    @RegisterExtension
    private final TestBed bed = new TestBed();

    @Test
    @Timeout(1800)
    void whileEventsWaitAndAfterTheyWent() {
        Outage outage = new Outage(bed);
        int port = Ports.free();
        BridgeOptions options = BridgeOptions.of(outage.recorder(), port)
                .with("catch_up", "max_age", "1d")
                // Beyond half of it old events wait in the recorder.
                .with("outbox", "max_events", 3 * EVENTS)
                .with("outbox", "drain_rate", 0);
        outage.happen(options, EVENTS);
        BridgeProcess filling = outage.bridge(options);
        StoreFile.of(bed).awaitWaiting(EVENTS, PATIENCE);
        tell("with %d events waiting".formatted(EVENTS), filling, outage);
        filling.terminate();

        Mosquitto broker = Measured.broker(bed, port, "max_queued_messages 0");
        Recording state = Recording.quick(bed, broker, "state", "lightnvr/bridge/state", "lightnvr/");
        long start = System.nanoTime();
        BridgeProcess draining = outage.bridge(options);
        broker.awaitClient("lightnvr-mqtt");
        report(
                "the start with %d events waiting, to the connection: %.0f ms",
                EVENTS, (System.nanoTime() - start) / 1e6);
        awaitNothingWaiting(state);
        tell("after %d events went through it".formatted(EVENTS), draining, outage);
        report("the bridge's own word: %s", state.lines().get(state.lines().size() - 1));
        assertThat(state.lines()).last().asString().contains("\"published\":" + EVENTS + ",");
        assertThat(draining.terminate()).isZero();
        assertThat(filling.logText() + draining.logText()).doesNotContain("OutOfMemory");
    }

    private static void tell(String when, BridgeProcess bridge, Outage outage) {
        report(
                "%s: resident %.1f MiB, at most %.1f MiB so far; files %.1f MiB",
                when, residentMiB(bridge.program()), peakMiB(bridge.program()), outage.filesMiB());
    }

    private static void awaitNothingWaiting(Recording state) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (state.lines().stream().noneMatch(line -> line.contains(NOTHING_WAITS))) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Events still wait: " + state.lines());
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
    }
}
