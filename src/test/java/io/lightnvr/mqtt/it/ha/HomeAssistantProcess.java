package io.lightnvr.mqtt.it.ha;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.it.Ports;
import io.lightnvr.mqtt.it.Program;
import io.lightnvr.mqtt.it.TestBed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A Home Assistant with a folder and a port of its own, which may end and begin again on them. */
final class HomeAssistantProcess {

    private static final int SHOWN_LINES = 100;

    private final TestBed bed;
    private final int port = Ports.free();
    private final Path folder;
    private final List<Program> lives = new ArrayList<>();

    /** Makes the folder. */
    HomeAssistantProcess(TestBed bed) {
        this.bed = bed;
        this.folder = bed.folder().resolve("home-assistant-" + port);
        Program copying = bed.program("home-assistant new", Map.of(), command("new", folder.toString()));
        assertThat(copying.exitStatus(HomeAssistant.START))
                .as(() -> copying.errors().all().toString())
                .isZero();
    }

    int port() {
        return port;
    }

    /** What lets us in. */
    String token() {
        try {
            return Files.readString(folder.resolve("token"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of its folder. */
    Path file(String name) {
        return folder.resolve(name);
    }

    /** Writes a file of its folder, which it reads when it starts, or when it is told to. */
    void write(String name, String text) {
        try {
            Files.writeString(file(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds to a file of its folder. */
    void append(String name, String text) {
        try {
            Files.writeString(file(name), text, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it; it is not yet there. */
    void start() {
        List<String> command = command("run", folder.toString(), Integer.toString(port));
        lives.add(bed.program("Home Assistant", Map.of(), command, SHOWN_LINES));
    }

    /** Ends it as a person would: it writes down what it knows. */
    void stop() {
        program().terminate();
        assertThat(program().exitStatus(HomeAssistant.START))
                .as("Home Assistant's exit status")
                .isZero();
    }

    /** Its life since it was started last. */
    Program program() {
        return lives.get(lives.size() - 1);
    }

    /** All lines of its log, of all its lives. */
    List<String> log() {
        return lives.stream().flatMap(life -> life.errors().all().stream()).toList();
    }

    private static List<String> command(String... words) {
        Path script = Path.of(System.getProperty("basedir", ""), "src/test/home-assistant/home-assistant");
        return Stream.concat(Stream.of("python3", script.toAbsolutePath().toString()), Stream.of(words))
                .toList();
    }
}
