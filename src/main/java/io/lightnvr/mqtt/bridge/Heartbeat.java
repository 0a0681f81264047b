package io.lightnvr.mqtt.bridge;

import io.lightnvr.mqtt.store.FileRights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the time to a file for health checks, which look at the age of the file. */
public final class Heartbeat {

    /** The interval at which the file is written. */
    public static final Duration EVERY = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    private final Path file;
    private boolean isFailureLogged;

    /** @param file created by the first write; its folder must exist */
    public Heartbeat(Path file) {
        this.file = file;
    }

    /** Writes the file; the first failure is logged, later ones are not. For one thread at a time. */
    public void write() {
        FileRights.reserve(file);
        try {
            Files.writeString(file, Instant.now() + "\n");
        } catch (IOException e) {
            if (!isFailureLogged) {
                isFailureLogged = true;
                LOG.warn("Cannot write the heartbeat file {}, so health checks will fail: {}", file, e.toString());
            }
        }
    }
}
