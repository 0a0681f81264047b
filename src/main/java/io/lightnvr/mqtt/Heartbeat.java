package io.lightnvr.mqtt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows that both loops work: a thread of intake asks, and the thread of delivery answers by writing the time into a
 * file. Whether recorder and broker are there makes no difference.
 */
final class Heartbeat implements Recurring.Work {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final Path file;
    private final Consumer<Signal> signals;
    private boolean troubleTold;

    Heartbeat(Path file, Consumer<Signal> signals) {
        this.file = file;
        this.signals = signals;
    }

    @Override
    public Duration run() {
        signals.accept(new Signal.Beat(this::write));
        return EVERY;
    }

    private void write() {
        try {
            Files.writeString(file, Instant.now() + "\n");
        } catch (IOException e) {
            if (!troubleTold) {
                troubleTold = true;
                LOG.warn("The heartbeat {} cannot be written, so a health check will fail: {}", file, e.toString());
            }
        }
    }
}
