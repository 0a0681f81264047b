package io.lightnvr.mqtt.bridge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file that is written again and again for as long as the program works, for health checks. */
public final class Heartbeat {

    /** How often it is written. */
    public static final Duration EVERY = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    private final Path file;
    private boolean troubleTold;

    public Heartbeat(Path file) {
        this.file = file;
    }

    /** Writes the time into it; by one thread at a time. */
    public void write() {
        try {
            Files.writeString(file, Instant.now() + "\n");
        } catch (IOException e) {
            if (!troubleTold) {
                troubleTold = true;
                LOG.warn("Cannot write the heartbeat file {}, so health checks will fail: {}", file, e.toString());
            }
        }
    }
}
