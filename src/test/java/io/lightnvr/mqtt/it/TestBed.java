package io.lightnvr.mqtt.it;

import io.lightnvr.mqtt.demo.recorder.RecorderSetup;
import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The world of one test: a folder, and what was started in it. After the test everything is ended, the last first; if
 * the test failed, what all programs printed is shown.
 */
public final class TestBed implements BeforeEachCallback, AfterEachCallback {

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final List<Shown> programs = new ArrayList<>();
    private Path folder;
    private List<String> prefix = List.of();

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        folder = Files.createTempDirectory("lightnvr-mqtt-it-");
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        try {
            closeAll();
        } finally {
            context.getExecutionException().ifPresent(failure -> show(context.getDisplayName()));
            delete();
        }
    }

    /** A folder of the test, gone after it. */
    public Path folder() {
        return folder;
    }

    /** A new folder in it. */
    public Path newFolder(String name) {
        try {
            return Files.createDirectory(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on programs are started in a network of their own, until that is closed. */
    public Network enterNetwork() {
        Network network = own(Network.create(this));
        List<String> before = prefix;
        prefix = network.prefix();
        own(() -> prefix = before);
        return network;
    }

    /** Sees to it that something is closed after the test. */
    public <T extends AutoCloseable> T own(T closeable) {
        open.push(closeable);
        return closeable;
    }

    /** Starts a program in the test's folder. */
    public Program program(String name, Map<String, String> environment, List<String> command) {
        return program(name, environment, command, Integer.MAX_VALUE);
    }

    /** The same for a talkative one, of which only the last lines are shown when the test has failed. */
    public Program program(String name, Map<String, String> environment, List<String> command, int shownLines) {
        List<String> whole = Stream.concat(prefix.stream(), command.stream()).toList();
        Program program = own(Program.start(name, folder, environment, whole));
        programs.add(new Shown(program, shownLines));
        return program;
    }

    /** A broker on a free port, running, that lets everybody in. */
    public Mosquitto broker() {
        return broker("allow_anonymous true");
    }

    /** A broker on a free port, running. */
    public Mosquitto broker(String... lines) {
        Mosquitto broker = new Mosquitto(this, Ports.free(), List.of(lines));
        broker.start();
        return broker;
    }

    /** A recorder that is open to everyone. */
    public SimulatedRecorder recorder() {
        return recorder(RecorderSetup.open());
    }

    /** A recorder on a port that stays its own when it stops listening for a while. */
    public SimulatedRecorder recorder(RecorderSetup setup) {
        try {
            return own(SimulatedRecorder.start(setup.onPort(Ports.free())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void closeAll() throws Exception {
        if (!open.isEmpty()) {
            try {
                open.pop().close();
            } finally {
                closeAll();
            }
        }
    }

    private void show(String test) {
        for (Shown shown : programs) {
            System.err.printf("--- %s: %s%n", test, shown.program().name());
            shown.last(shown.program().output()).forEach(System.err::println);
            shown.last(shown.program().errors()).forEach(System.err::println);
        }
    }

    private void delete() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }

    /** How much of what a program printed is shown. */
    private record Shown(Program program, int lines) {

        List<String> last(Arrivals<String> printed) {
            List<String> all = printed.all();
            return all.subList(Math.max(0, all.size() - lines), all.size());
        }
    }
}
