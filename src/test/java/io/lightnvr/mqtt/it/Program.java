package io.lightnvr.mqtt.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that runs beside the test. What it prints is kept; closing it ends it and its children in every case. */
public final class Program implements AutoCloseable {

    private final String name;
    private final Process process;
    private final Arrivals<String> output;
    private final Arrivals<String> errors;

    private Program(String name, Process process) {
        this.name = name;
        this.process = process;
        this.output = new Arrivals<>(name);
        this.errors = new Arrivals<>(name + " (stderr)");
        keep(process.getInputStream(), output);
        keep(process.getErrorStream(), errors);
    }

    /**
     * Starts a program.
     *
     * @param name for people
     * @param folder where it works
     * @param environment what is added to the test's own
     */
    static Program start(String name, Path folder, Map<String, String> environment, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(environment);
        try {
            return new Program(name, builder.start());
        } catch (IOException e) {
            throw new AssertionError("%s cannot be started; run .ci/test, which installs what the tests need: %s"
                    .formatted(command.get(0), e.getMessage()));
        }
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Lines of its standard output. */
    public Arrivals<String> output() {
        return output;
    }

    /** Lines of its standard error. */
    public Arrivals<String> errors() {
        return errors;
    }

    /** Writes a line to its standard input. */
    public void tell(String line) {
        try {
            OutputStream in = process.getOutputStream();
            in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " does not listen", e);
        }
    }

    /** Asks it to end, by SIGTERM. {@link Process#destroy} would close what it prints its last lines on. */
    public void terminate() {
        process.toHandle().destroy();
    }

    /** As Ctrl-C does, by SIGINT. */
    public void interrupt() {
        signal("INT");
    }

    /** Ends it by SIGKILL, and waits for that. */
    public void kill() {
        process.toHandle().destroyForcibly();
        exitStatus(Arrivals.PATIENCE);
    }

    /** Its exit status, when it has ended by itself and all that it printed has been read. */
    public int exitStatus(Duration within) {
        try {
            if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("%s has not ended within %s".formatted(name, within));
            }
        } catch (InterruptedException e) {
            throw new AssertionError("Interrupted while waiting for the end of " + name, e);
        }
        output.awaitEnd();
        errors.awaitEnd();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Sends it a signal, such as {@code STOP} or {@code HUP}, and returns when it has it. */
    public void signal(String signal) {
        List<String> command = List.of("sh", "-c", "kill -" + signal + " " + process.pid());
        try (Program kill = start("kill", Path.of("/"), Map.of(), command)) {
            kill.exitStatus(Arrivals.PATIENCE);
        }
    }

    private void keep(InputStream stream, Arrivals<String> lines) {
        Thread reader = new Thread(() -> read(stream, lines), name + " reader");
        reader.setDaemon(true);
        reader.start();
    }

    private static void read(InputStream stream, Arrivals<String> lines) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            reader.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            lines.add("(its end could not be read: " + e.getMessage() + ")");
        } finally {
            lines.end();
        }
    }
}
