package io.lightnvr.mqtt.it.chaos;

import io.lightnvr.mqtt.it.Certificates;
import io.lightnvr.mqtt.it.Mosquitto;
import io.lightnvr.mqtt.it.Ports;
import io.lightnvr.mqtt.it.Program;
import io.lightnvr.mqtt.it.TestBed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The broker: it forgets no session, drops nothing for slow subscribers, saves every second, and lets in users with their
 * own name for a password, and the bridge with an unmistakable one, only while it is to. It also listens for TLS.
 */
final class ChaosBroker {

    static final String BRIDGE = "bridge";
    static final String RECORDER = "recorder";

    private static final List<String> USERS = List.of("tap", "once-or-more", "once", "witness", "late");

    private final Mosquitto mosquitto;
    private final int tlsPort = Ports.free();
    private final Certificates certificates;
    private final Path passwords;
    private final List<String> everybody;
    private final List<Long> kills = new ArrayList<>();
    private final List<Program> programs = new ArrayList<>();

    ChaosBroker(TestBed bed) {
        List<String> users = new ArrayList<>(USERS);
        users.add(RECORDER);
        List<String> logins =
                new ArrayList<>(users.stream().map(user -> user + ":" + user).toList());
        logins.add(BRIDGE + ":" + SecretCheck.BROKER_PASSWORD);
        passwords = Mosquitto.passwords(bed, logins.toArray(String[]::new));
        everybody = lines();
        certificates = new Certificates(bed, "chaos-ca");
        List<String> settings = new ArrayList<>(List.of(
                "allow_anonymous false",
                "password_file " + passwords,
                "max_queued_messages 0",
                "autosave_interval 1",
                "log_type error",
                "log_type warning",
                "log_type notice",
                "log_type information",
                "listener " + tlsPort + " 127.0.0.1"));
        certificates.server("IP:127.0.0.1").stream()
                .filter(line -> !line.startsWith("allow_anonymous"))
                .forEach(settings::add);
        mosquitto = new Mosquitto(bed, Ports.free(), settings);
    }

    int port() {
        return mosquitto.port();
    }

    /** Where it listens for TLS. */
    int tlsPort() {
        return tlsPort;
    }

    /** The certificate of its authority. */
    Path authority() {
        return certificates.authority();
    }

    Mosquitto mosquitto() {
        return mosquitto;
    }

    void start() {
        mosquitto.start();
        programs.add(mosquitto.program());
    }

    void kill() {
        kills.add(System.currentTimeMillis());
        mosquitto.program().kill();
    }

    /** Each time that it was started, in order. */
    List<Program> programs() {
        return programs;
    }

    /** When it was killed, in epoch milliseconds. */
    List<Long> kills() {
        return kills;
    }

    /** Knows the bridge no more: who is connected under its name is thrown out. */
    void shutOut() {
        reload(everybody.stream().filter(line -> !line.startsWith(BRIDGE + ":")).toList());
    }

    void letIn() {
        reload(everybody);
    }

    private void reload(List<String> lines) {
        try {
            Files.write(passwords, lines);
            mosquitto.program().signal("HUP");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(passwords);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
