package io.lightnvr.mqtt.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A subscriber of QoS 1 that writes what it hears to a file, for more than a test can keep. Lines are counted by what they
 * begin with, each of them read once. For one thread.
 */
public final class Recording implements AutoCloseable {

    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Program program;
    private final Path file;
    private final InputStream written;
    private final List<String> kinds;
    private final Map<String, Integer> counts = new HashMap<>();
    private String begun = "";
    private long lastNews = System.nanoTime();

    private Recording(Program program, Path file, List<String> kinds) throws IOException {
        this.program = program;
        this.file = file;
        this.written = Files.newInputStream(file);
        this.kinds = kinds;
    }

    /** A {@code mosquitto_sub} as quick as it can be: topics and payloads. */
    static Recording quick(TestBed bed, Mosquitto broker, String id, String topicFilter, String... kinds) {
        return mosquittoSub(bed, broker, id, topicFilter, "-v", kinds);
    }

    /** A {@code mosquitto_sub}: topic, payload, and when it came in epoch seconds. */
    public static Recording timed(TestBed bed, Mosquitto broker, String id, String topicFilter, String... kinds) {
        return mosquittoSub(bed, broker, id, topicFilter, "-F '%t %p %U'", kinds);
    }

    /** The same by a Python program that takes 1 ms for each message. */
    static Recording slow(TestBed bed, Mosquitto broker, String id, String topicFilter, String... kinds) {
        String command = "%s %s localhost %d %s '%s' 0.001"
                .formatted(Python.bin().resolve("python3"), script(bed), broker.port(), id, topicFilter);
        return start(bed, broker, id, topicFilter, command, kinds);
    }

    private static Path script(TestBed bed) {
        Path file = bed.folder().resolve("slow_subscriber.py");
        try (InputStream script = Recording.class.getResourceAsStream("slow_subscriber.py")) {
            Files.copy(script, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    private static Recording mosquittoSub(
            TestBed bed, Mosquitto broker, String id, String topicFilter, String format, String... kinds) {
        String command = "mosquitto_sub %s -q 1 -i %s -h localhost -p %d -t '%s'"
                .formatted(format, id, broker.port(), topicFilter);
        return start(bed, broker, id, topicFilter, command, kinds);
    }

    /** Starts it, and waits until the broker has taken its subscription, which the broker must log. */
    private static Recording start(
            TestBed bed, Mosquitto broker, String id, String topicFilter, String command, String... kinds) {
        Path file = bed.folder().resolve(id + ".txt");
        Program program = bed.program(id, Map.of(), List.of("sh", "-c", "exec " + command + " > " + file));
        broker.log().await("the subscription of " + id, line -> line.endsWith(id + " 1 " + topicFilter));
        try {
            return bed.own(new Recording(program, file, List.of(kinds)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many lines of a kind there are by now. */
    public int count(String kind) {
        readOn();
        return counts.getOrDefault(kind, 0);
    }

    /** Waits until there are so many lines of a kind. */
    public void await(String kind, int lines, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (count(kind) < lines) {
            if (System.nanoTime() > deadline || !program.isAlive()) {
                throw new AssertionError(
                        "%s: %d of %d lines of %s came".formatted(program.name(), count(kind), lines, kind));
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
    }

    /** Waits until there are so many lines of a kind, or nothing at all has come for a while. */
    public void awaitOrQuiet(String kind, int lines, Duration quiet) {
        while (count(kind) < lines && System.nanoTime() - lastNews < quiet.toNanos()) {
            LockSupport.parkNanos(STEP_NANOS);
        }
    }

    /** All that it heard so far. */
    public List<String> lines() {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
        if (end > 0) {
            lastNews = System.nanoTime();
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
