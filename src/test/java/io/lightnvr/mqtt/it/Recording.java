package io.lightnvr.mqtt.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A {@code mosquitto_sub} of QoS 1 that writes topics and payloads to a file, for more than a test can keep. Lines are
 * counted by what they begin with, each of them read once. For one thread.
 */
final class Recording implements AutoCloseable {

    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Program program;
    private final InputStream written;
    private final List<String> kinds;
    private final Map<String, Integer> counts = new HashMap<>();
    private String begun = "";

    private Recording(Program program, InputStream written, List<String> kinds) {
        this.program = program;
        this.written = written;
        this.kinds = kinds;
    }

    /**
     * Starts it, and waits until the broker has taken its subscription; the broker must log subscriptions.
     *
     * @param kinds what lines begin with that are counted
     */
    static Recording start(TestBed bed, Mosquitto broker, String id, String topicFilter, String... kinds) {
        Path file = bed.folder().resolve(id + ".txt");
        String command = "exec mosquitto_sub -v -q 1 -i %s -h localhost -p %d -t '%s' > %s"
                .formatted(id, broker.port(), topicFilter, file);
        Program program = bed.program(id, Map.of(), List.of("sh", "-c", command));
        broker.log().await("the subscription of " + id, line -> line.endsWith(id + " 1 " + topicFilter));
        try {
            return bed.own(new Recording(program, Files.newInputStream(file), List.of(kinds)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many lines of a kind there are by now. */
    int count(String kind) {
        readOn();
        return counts.getOrDefault(kind, 0);
    }

    /** Waits until there are so many lines of a kind. */
    void await(String kind, int lines, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (count(kind) < lines) {
            if (System.nanoTime() > deadline || !program.isAlive()) {
                throw new AssertionError(
                        "%s: %d of %d lines of %s came".formatted(program.name(), count(kind), lines, kind));
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
    }

    /** Ends the program; what it wrote can still be counted. */
    @Override
    public void close() throws IOException {
        program.close();
        written.close();
    }

    private void readOn() {
        String text;
        try {
            text = begun + new String(written.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int end = text.lastIndexOf('\n') + 1;
        for (int line = 0; line < end; line = text.indexOf('\n', line) + 1) {
            count(text, line);
        }
        begun = text.substring(end);
    }

    private void count(String text, int line) {
        for (String kind : kinds) {
            if (text.startsWith(kind, line)) {
                counts.merge(kind, 1, Integer::sum);
            }
        }
    }
}
