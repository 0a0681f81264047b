package io.lightnvr.mqtt.it.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.it.Eventually;
import io.lightnvr.mqtt.it.Program;
import io.lightnvr.mqtt.it.PublishingRecorder;
import io.lightnvr.mqtt.it.Python;
import io.lightnvr.mqtt.it.TestBed;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A subscriber of its own, {@code ear.py}, which writes each message to a file before it acknowledges it. It is connected
 * to the broker directly, and comes back by itself when the broker does. Used by one thread.
 */
final class Ear {

    private static final int REMEMBERED_SECONDS = 86_400;

    private final String name;
    private final Path file;
    private final List<Receipt> receipts = new ArrayList<>();
    private long read;
    private int subscriptions;

    private Ear(String name, Path file) {
        this.name = name;
        this.file = file;
    }

    /** One that hears what is said while it is there, at QoS 0: the broker never says anything to it twice. */
    static Ear forgotten(TestBed bed, int port, String name, Path folder) {
        return start(bed, port, name, "lightnvr/#", 0, 0, folder);
    }

    /** One that the broker remembers, so that it hears what is said while it is away. */
    static Ear remembered(TestBed bed, int port, String name, int qos, Path folder) {
        return start(bed, port, name, "lightnvr/#", qos, REMEMBERED_SECONDS, folder);
    }

    /** One that hears what the recorder publishes, as often and as long as the bridge. */
    static Ear ofRecorder(TestBed bed, int port, String name, Path folder) {
        return start(bed, port, name, PublishingRecorder.PREFIX + "/v1/events/#", 1, REMEMBERED_SECONDS, folder);
    }

    private static Ear start(TestBed bed, int port, String name, String topics, int qos, int memory, Path folder) {
        try (InputStream script = Ear.class.getResourceAsStream("ear.py")) {
            Path file = Files.createFile(folder.resolve(name + ".jsonl"));
            List<String> command = List.of(
                    Python.bin().resolve("python3").toString(),
                    "-c",
                    new String(script.readAllBytes(), StandardCharsets.UTF_8),
                    Integer.toString(port),
                    name,
                    topics,
                    Integer.toString(qos),
                    Integer.toString(memory),
                    file.toString());
            Program program = bed.program(name, Map.of(), command);
            Ear ear = new Ear(name, file);
            Eventually.isSo("the subscription of " + name, () -> !program.isAlive() || ear.subscriptions() > 0);
            return ear;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return name;
    }

    /** How often the broker took its subscription so far. */
    int subscriptions() {
        listen();
        return subscriptions;
    }

    /** What it heard so far. */
    Hearing hearing() {
        listen();
        return new Hearing(name, receipts, subscriptions);
    }

    /** Reads what was written since the last time. */
    private void listen() {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            byte[] more = new byte[(int) (in.length() - read)];
            in.seek(read);
            in.readFully(more);
            String text = new String(more, 0, lastLineEnd(more), StandardCharsets.UTF_8);
            read += lastLineEnd(more);
            for (String line : text.lines().toList()) {
                take(Receipt.JSON.readTree(line));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(JsonNode line) {
        if (line.has("subscribed")) {
            subscriptions++;
        } else {
            receipts.add(Receipt.of(line));
        }
    }

    private static int lastLineEnd(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }
}
