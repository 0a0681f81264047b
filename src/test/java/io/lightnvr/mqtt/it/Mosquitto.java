package io.lightnvr.mqtt.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A real broker on the loopback. It can be ended and started again on its port, where it remembers what it knew. */
public final class Mosquitto {

    /** Debian keeps it where only root looks for programs. */
    private static final Path DEBIAN = Path.of("/usr/sbin/mosquitto");

    private final TestBed bed;
    private final int port;
    private final Path file;
    private final AtomicInteger asked = new AtomicInteger();
    private Program program;

    /** @param lines of its configuration beside those that say where it listens; it logs all unless they say what */
    public Mosquitto(TestBed bed, int port, List<String> lines) {
        this.bed = bed;
        this.port = port;
        this.file = bed.folder().resolve("mosquitto-" + port + ".conf");
        write(lines);
    }

    /** Makes a file of users, each as {@code name:password}; mosquitto keeps only hashes of it. */
    public static Path passwords(TestBed bed, String... users) {
        Path file = bed.folder().resolve("passwords");
        write(file, List.of(users));
        Program hashing = bed.program("mosquitto_passwd", Map.of(), List.of("mosquitto_passwd", "-U", file.toString()));
        if (hashing.exitStatus(Arrivals.PATIENCE) != 0) {
            throw new AssertionError("mosquitto_passwd: " + hashing.errors().all());
        }
        return file;
    }

    public int port() {
        return port;
    }

    /** What it logs since it was started last. */
    public Arrivals<String> log() {
        return program.errors();
    }

    /** Starts it, and waits until it listens. */
    public void start() {
        String binary = Files.exists(DEBIAN) ? DEBIAN.toString() : "mosquitto";
        program = bed.program("mosquitto on " + port, Map.of(), List.of(binary, "-c", file.toString()));
        log().await("its port to be open", line -> line.matches(".*mosquitto version \\S+ running"));
    }

    /** Ends it in order: it saves what it remembers. */
    public void stop() {
        program.terminate();
        program.exitStatus(Arrivals.PATIENCE);
    }

    /**
     * What it keeps, each as {@code mosquitto_sub -F} shows it. The subscriber ends with the first message that was not
     * kept, so one is published as soon as it has subscribed. The broker must log all.
     */
    public List<String> kept(String format) {
        String id = "kept-" + asked.incrementAndGet();
        Program subscriber = client("mosquitto_sub", "-V", "5", "-i", id, "-t", "#", "--retained-only", "-F", format);
        awaitSuback(id);
        Program marker = client("mosquitto_pub", "-t", "test/" + id, "-m", "all is said");
        if (marker.exitStatus(Arrivals.PATIENCE) != 0 || subscriber.exitStatus(Arrivals.PATIENCE) != 0) {
            throw new AssertionError("The broker does not show what it keeps: "
                    + marker.errors().all() + subscriber.errors().all());
        }
        return subscriber.output().all();
    }

    private Program client(String program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program, "-h", "localhost", "-p", String.valueOf(port)));
        command.addAll(List.of(arguments));
        return bed.program(program, Map.of(), command);
    }

    /** Waits until it has taken the first subscription of a client. */
    void awaitSuback(String clientId) {
        log().await("the subscription of " + clientId, line -> line.endsWith("Sending SUBACK to " + clientId));
    }

    /** Waits until somebody has subscribed to a topic filter. */
    public void awaitSubscription(String topicFilter) {
        log().await("a subscription of " + topicFilter, line -> line.contains("\t" + topicFilter + " (QoS "));
    }

    /** The running broker. */
    public Program program() {
        return program;
    }

    /** Waits for a client to be let in. */
    public void awaitClient(String clientId) {
        log().await(
                        "client " + clientId,
                        line -> line.contains("New client connected") && line.contains(" as " + clientId + " "));
    }

    /** Waits for a client to be let in as a user. */
    public void awaitClient(String clientId, String user) {
        log().await(
                        "client " + clientId + " of " + user,
                        line -> line.contains("New client connected")
                                && line.contains(" as " + clientId + " ")
                                && line.contains("u'" + user + "'"));
    }

    /** How often anybody tried to connect, well or ill, since it was started last. */
    long attempts() {
        return log().all(line -> line.contains("New connection from")).size();
    }

    /** As root it would become another user, who cannot read the test's folder. */
    private void write(List<String> lines) {
        List<String> all = new ArrayList<>(List.of(
                "listener " + port + " 127.0.0.1",
                "user " + System.getProperty("user.name"),
                "persistence true",
                "persistence_location " + bed.folder() + "/",
                "persistence_file mosquitto-" + port + ".db",
                "log_dest stderr"));
        all.addAll(lines);
        if (lines.stream().noneMatch(line -> line.startsWith("log_type "))) {
            all.add("log_type all");
        }
        write(file, all);
    }

    private static void write(Path file, List<String> lines) {
        try {
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
