package io.lightnvr.mqtt.it.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.it.Arrivals;
import io.lightnvr.mqtt.it.Program;
import io.lightnvr.mqtt.it.TestBed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The machine of which a page speaks, for one test: with Debian's folders of Mosquitto as they are after its installation,
 * the address 192.168.1.10 and the name mqtt.example.org. All of it is gone with the test; the rest of the disk is the
 * real one.
 */
final class BrokerMachine {

    /** Debian's, but that it logs to where the test can read. */
    private static final String CONFIGURATION = """
            persistence true
            persistence_location /var/lib/mosquitto/
            log_dest stderr
            log_type all
            include_dir /etc/mosquitto/conf.d
            """;

    private static final String HOLD = """
            ip addr add 192.168.1.10/32 dev lo
            chown mosquitto %1$s/lib
            mount --bind %1$s/etc /etc/mosquitto
            mount --bind %1$s/lib /var/lib/mosquitto
            mount --bind %1$s/hosts /etc/hosts
            echo up
            exec cat
            """;

    private static final String PROJECT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().toString();

    private final TestBed bed;
    private final Path folder;
    private final Program holder;
    private Program mosquitto;

    private BrokerMachine(TestBed bed, Path folder, Program holder) {
        this.bed = bed;
        this.folder = folder;
        this.holder = holder;
    }

    /** From now on the test's programs are in its network. It needs root. */
    static BrokerMachine enter(TestBed bed) {
        bed.enterNetwork();
        Path folder = bed.newFolder("machine");
        try {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            for (String inner : List.of("etc/conf.d", "etc/certs", "lib")) {
                Files.createDirectories(folder.resolve(inner));
            }
            Files.writeString(folder.resolve("etc/mosquitto.conf"), CONFIGURATION);
            Files.writeString(folder.resolve("hosts"), "127.0.0.1 localhost\n192.168.1.10 mqtt.example.org\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Program holder = bed.program(
                "machine", Map.of(), List.of("unshare", "--mount", "sh", "-e", "-c", HOLD.formatted(folder)));
        holder.output().await("its folders", "up"::equals);
        return new BrokerMachine(bed, folder, holder);
    }

    /** What a command begins with to run on it. */
    List<String> prefix() {
        return List.of("nsenter", "--mount=/proc/" + holder.pid() + "/ns/mnt", "--");
    }

    /** Starts a program on it. */
    Program program(String name, String... command) {
        return bed.program(
                name,
                Map.of(),
                Stream.concat(prefix().stream(), Stream.of(command)).toList());
    }

    /** Starts commands of a page in a copy of the repository. */
    Program shell(String name, String commands) {
        return program(name, "sh", "-e", "-c", "cd '" + PROJECT + "'\n" + commands);
    }

    /** Does what a page says. */
    void run(String commands) {
        Program program = shell("a step", commands);
        assertThat(program.exitStatus(Arrivals.PATIENCE))
                .as(() -> program.errors().all().toString())
                .isZero();
    }

    /** Starts Mosquitto as the system would, and waits until it listens. It must not warn of who may read its files. */
    void startMosquitto() {
        for (String name : List.of("passwd", "acl")) {
            // What newer versions of Mosquitto warn of; this one may be older.
            run(
                    "test ! -e /etc/mosquitto/%1$s || test \"$(stat -c '%%U:%%G %%a' /etc/mosquitto/%1$s)\" = 'mosquitto:mosquitto 600'"
                            .formatted(name));
        }
        mosquitto = program("mosquitto", "mosquitto", "-c", "/etc/mosquitto/mosquitto.conf");
        log().await("its port to be open", line -> line.matches(".*mosquitto version \\S+ running"));
        assertThat(log().all(line -> line.contains("Warning: File"))).isEmpty();
    }

    /** Starts it anew after a change. */
    void restartMosquitto() {
        mosquitto.terminate();
        mosquitto.exitStatus(Arrivals.PATIENCE);
        startMosquitto();
    }

    /** What Mosquitto logs since it was started last. */
    Arrivals<String> log() {
        return mosquitto.errors();
    }

    /** Waits for a client to be let in as a user. */
    void awaitClient(String clientId, String user) {
        log().await(
                        clientId + " of " + user,
                        line -> line.contains(" as " + clientId + " ") && line.contains("u'" + user + "'"));
    }

    /** A file below {@code /etc/mosquitto}. */
    Path file(String name) {
        return folder.resolve("etc").resolve(name);
    }
}
