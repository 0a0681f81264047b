package io.lightnvr.mqtt.it.brokers;

import io.lightnvr.mqtt.it.Arrivals;
import io.lightnvr.mqtt.it.Eventually;
import io.lightnvr.mqtt.it.Ports;
import io.lightnvr.mqtt.it.Program;
import io.lightnvr.mqtt.it.TestBed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A broker that can be installed, started, killed, and started again on its port and its folder. */
final class OtherBroker {

    private static final Path SCRIPT = Path.of(System.getProperty("basedir", ""), "src/test/brokers/broker")
            .toAbsolutePath();
    private static final Duration INSTALLATION = Duration.ofMinutes(15);
    private static final int SHOWN = 40;

    private final TestBed bed;
    private final String name;
    private final int port = Ports.free();
    private Program program;

    private OtherBroker(TestBed bed, String name) {
        this.bed = bed;
        this.name = name;
    }

    /** Installs it, where that was not done before. */
    static OtherBroker installed(TestBed bed, String name) {
        Program installation = bed.program("installation of " + name, Map.of(), command("install", name));
        if (installation.exitStatus(INSTALLATION) != 0) {
            throw new AssertionError(
                    name + " cannot be installed: " + installation.errors().all());
        }
        return new OtherBroker(bed, name);
    }

    String name() {
        return name;
    }

    int port() {
        return port;
    }

    /** Starts it, and waits until it listens. */
    OtherBroker start() {
        String folder = bed.folder().resolve(name).toString();
        program = bed.program(name, Map.of(), command("run", name, Integer.toString(port), folder), SHOWN);
        if (!Eventually.within(Arrivals.PATIENCE, this::listens)) {
            throw new AssertionError(
                    name + " does not listen: " + program.errors().all());
        }
        return this;
    }

    /** Ends it by SIGKILL: what it has not written is lost. */
    void kill() {
        program.kill();
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static List<String> command(String... arguments) {
        return Stream.concat(Stream.of(SCRIPT.toString()), Arrays.stream(arguments))
                .toList();
    }
}
